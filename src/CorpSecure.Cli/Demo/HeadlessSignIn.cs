using System.Net;
using CorpSecure.Cli.Failures;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Trust;
using OtpNet;

namespace CorpSecure.Cli.Demo;

/// <summary>
/// Signs a demo user in without a browser: follows the redirects, keeps the cookies and fills in the forms itself.
/// For the demo only: it needs password and TOTP secret side by side, which a real user never keeps so.
/// </summary>
internal sealed class HeadlessSignIn(DemoUser user, string caFile, TimeProvider time, TextWriter notes)
{
    private const int MostSteps = 15;
    private static readonly TimeSpan CodeStep = TimeSpan.FromSeconds(30);
    private bool _passwordSent;
    private int _codesSent;

    public async Task<string> RunAsync(AuthorizationRequest request, LoopbackRedirect redirect, CancellationToken cancellationToken)
    {
        using var handler = GatewayTransport.Create(caFile);
        handler.UseCookies = true;
        handler.CookieContainer = new CookieContainer();
        using var http = new HttpClient(handler);

        var next = new HttpRequestMessage(HttpMethod.Get, request.Address);
        for (var step = 0; step < MostSteps; step++)
        {
            using var sent = next;
            RequireSameOrigin(request.Address, sent.RequestUri!);
            using var response = await http.SendAsync(sent, cancellationToken);
            if (Redirected(response) is not { } target)
            {
                next = await FillInAsync(response, sent.RequestUri!, cancellationToken);
                continue;
            }
            var there = new Uri(sent.RequestUri!, target);
            if (there.GetLeftPart(UriPartial.Path) == redirect.Address.AbsoluteUri)
            {
                return there.Query.TrimStart('?');
            }
            next = new HttpRequestMessage(HttpMethod.Get, there);
        }
        next.Dispose();
        throw Refused("the sign-in went round in circles.");
    }

    private async Task<HttpRequestMessage> FillInAsync(HttpResponseMessage response, Uri page, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var form = status < 500 ? SignInForm.Find(await response.Content.ReadAsStringAsync(cancellationToken)) : null;
        if (form is null)
        {
            throw Refused($"{page.GetLeftPart(UriPartial.Path)} answered HTTP {status} without a form.", status);
        }
        return new HttpRequestMessage(HttpMethod.Post, form.Action is { Length: > 0 } action ? new Uri(page, action) : page)
        {
            Content = new FormUrlEncodedContent(await FillAsync(form, cancellationToken)),
        };
    }

    private async Task<Dictionary<string, string>> FillAsync(SignInForm form, CancellationToken cancellationToken)
    {
        if (form.Fields.ContainsKey("Username"))
        {
            if (_passwordSent)
            {
                throw Refused("name and password were not accepted, or the user is locked.");
            }
            _passwordSent = true;
            return form.Fill(("Username", user.Username), ("Password", user.Password));
        }
        if (form.Fields.ContainsKey("Code"))
        {
            return form.Fill(("Code", await NextCodeAsync(cancellationToken)));
        }
        throw Refused("a form was shown that is neither for the password nor for the code.");
    }

    /// <summary>A code counts once. If this step's has been used, by an earlier sign-in, the next step's is good.</summary>
    private async Task<string> NextCodeAsync(CancellationToken cancellationToken)
    {
        var totp = new Totp(Base32Encoding.ToBytes(user.TotpSecret ?? throw Refused("demo.json holds no TOTP secret for this user.")));
        switch (_codesSent++)
        {
            case 0:
                break;
            case 1:
                var now = time.GetUtcNow();
                var wait = CodeStep - TimeSpan.FromTicks(now.Ticks % CodeStep.Ticks) + TimeSpan.FromSeconds(1);
                await notes.WriteLineAsync($"This code has been used already; waiting {wait.TotalSeconds:0} s for the next one.");
                await Task.Delay(wait, time, cancellationToken);
                break;
            default:
                throw Refused("two codes in a row were not accepted, or the user is locked.");
        }
        return totp.ComputeTotp(time.GetUtcNow().UtcDateTime);
    }

    private static Uri? Redirected(HttpResponseMessage response) =>
        (int)response.StatusCode is 302 or 303 ? response.Headers.Location : null;

    private static void RequireSameOrigin(Uri identity, Uri target)
    {
        if (!string.Equals(identity.GetLeftPart(UriPartial.Authority), target.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase))
        {
            throw Refused($"the sign-in leads to {target.GetLeftPart(UriPartial.Authority)}, which gets no password.");
        }
    }

    private static CliException Refused(string why, int status = 400) => new(
        status >= 500 ? ExitCode.Unavailable : ExitCode.Refused,
        "The demo user could not be signed in.", why, "Try with a browser: the same command without --user.");
}
