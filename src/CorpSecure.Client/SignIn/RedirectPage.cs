using System.Text;

namespace CorpSecure.Client.SignIn;

/// <summary>What the browser shows at the end: two fixed pages that load nothing and are not kept.</summary>
internal static class RedirectPage
{
    public static byte[] Done { get; } = Page(
        "200 OK", "Signed in", "The sign-in has gone back to the program that asked for it. You can close this window.");

    public static byte[] NotHere { get; } = Page(
        "404 Not Found", "Nothing here", "This address only waits for the end of a sign-in.");

    private static byte[] Page(string status, string title, string text)
    {
        var html = $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><p>{text}</p></html>";
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {html.Length}\r\n"
            + "Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
            + $"Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n{html}");
    }
}
