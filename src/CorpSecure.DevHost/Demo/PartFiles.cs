namespace CorpSecure.DevHost.Demo;

/// <summary>Where the parts' configurations are written, and by which path each part sees a file.</summary>
internal class PartFiles(string directory)
{
    public virtual string ConfigurationOf(string part) => Path.Combine(directory, part + ".json");

    public virtual string SeenBy(string part, string file) => file;
}
