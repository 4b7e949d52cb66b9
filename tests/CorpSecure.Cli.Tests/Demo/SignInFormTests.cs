using CorpSecure.Cli.Demo;

namespace CorpSecure.Cli.Tests.Demo;

public sealed class SignInFormTests
{
    [Fact]
    public void Fields_are_read_whatever_their_quotes_and_order()
    {
        var form = SignInForm.Find("""
            <form id=f action='/sign-in?returnUrl=%2Fa&amp;b=1' method=post>
              <input type="text" name="Username" value=""/>
              <input value='x&lt;y>z' name='Hidden' type=hidden>
              <INPUT NAME=Bare VALUE=bare disabled>
              <input type="submit" value="Go">
            </form>
            """)!;

        form.Action.ShouldBe("/sign-in?returnUrl=%2Fa&b=1");
        form.Fields.ShouldBe(new Dictionary<string, string> { ["Username"] = "", ["Hidden"] = "x<y>z", ["Bare"] = "bare" }, ignoreOrder: true);
        form.Fill(("Username", "anna"))["Username"].ShouldBe("anna");
    }

    [Fact]
    public void A_page_without_a_form_has_none() => SignInForm.Find("<html><p>Locked.</p></html>").ShouldBeNull();
}
