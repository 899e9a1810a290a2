using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Shouldly;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Mattermost behind a certificate that is not trusted, on a real TLS listener (F4).</summary>
public sealed class F4_UntrustedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F4_Nothing_gets_through_it_is_told_why_and_all_is_there_once_when_it_is_mended()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await using var line = new RoughLine(desk.Mattermost.Url, Untrusted());
        await desk.StopSidecar();
        desk.Between = line.Url;
        await desk.StartSidecar();

        // Work goes on: who did it has an answer, and it is kept.
        (await desk.Types("tam", "/escalate new acme sev2 Down")).Text.ShouldContain("ESC-1");
        (await desk.Types("engineer", "/escalate ack ESC-1")).Text.ShouldNotContain("did not work");
        for (var tries = 0; tries < 4; tries++)
        {
            await desk.Passes(TimeSpan.FromMinutes(10));
        }

        desk.Cards().ShouldBeEmpty();
        desk.Log.Lines.ShouldContain(l => l.Contains("its certificate is not trusted here"));
        desk.Log.Lines.ShouldNotContain(l => l.Contains("see inner exception"));
        using var http = new HttpClient { BaseAddress = desk.Address };
        var delivery = (await http.GetFromJsonAsync<JsonElement>("readyz", Cancel)).GetProperty(
            "delivery"
        );
        delivery.GetProperty("state").GetString().ShouldBe("failing");
        delivery.GetProperty("waiting").GetInt32().ShouldBeGreaterThan(0);
        delivery.GetProperty("setAside").GetInt32().ShouldBe(0);

        // The certificate is mended: here, the address.
        desk.Between = null;
        await desk.RestartSidecar();
        await desk.Settled();
        desk.Card().Field("Owner").ShouldBe("@engineer");
        desk.Mattermost.Posts(Desk.Square).Select(p => p.Message).ShouldBeUnique();
    }

    private static X509Certificate2 Untrusted()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=127.0.0.1",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
