using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Sidecar.Hosting;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Hosting;

/// <summary>HTTPS with a certificate file, as users of the framework expect it (X6).</summary>
public sealed class X6_HttpsTests : IDisposable
{
    private const string Urls = "https://127.0.0.1:0";

    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _certificate = Made();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task X6_It_is_served_with_a_pem_file_and_its_key()
    {
        var certificate = Write("tls.pem", _certificate.ExportCertificatePem());
        using var key = _certificate.GetRSAPrivateKey()!;
        var keyFile = Write("tls.key", key.ExportPkcs8PrivateKeyPem());

        (
            await Served(builder =>
                HttpsOptions.Use(builder, new CertificateFile(certificate, keyFile))
            )
        ).ShouldBe(_certificate.Thumbprint);
    }

    [Fact]
    public async Task X6_It_is_served_with_a_pfx_file()
    {
        var file = Path.Combine(_folder.Path, "tls.pfx");
        await File.WriteAllBytesAsync(file, _certificate.Export(X509ContentType.Pkcs12), Cancel);

        (
            await Served(builder => HttpsOptions.Use(builder, new CertificateFile(file, null)))
        ).ShouldBe(_certificate.Thumbprint);
    }

    [Fact]
    public async Task X6_It_is_served_with_the_frameworks_own_settings()
    {
        var file = Path.Combine(_folder.Path, "tls.pfx");
        await File.WriteAllBytesAsync(
            file,
            _certificate.Export(X509ContentType.Pkcs12, "secret"),
            Cancel
        );

        (
            await Served(builder =>
            {
                // As ASPNETCORE_Kestrel__Certificates__Default__Path and …Password set them.
                builder.Configuration["Kestrel:Certificates:Default:Path"] = file;
                builder.Configuration["Kestrel:Certificates:Default:Password"] = "secret";
                HttpsOptions.Use(builder, null);
            })
        ).ShouldBe(_certificate.Thumbprint);
    }

    [Theory]
    [InlineData("missing.pem", "there is no file")]
    [InlineData("broken.pem", "can't be used")]
    [InlineData(null, "there is no certificate for")]
    public async Task X6_What_is_wrong_with_it_is_said(string? file, string problem)
    {
        Write("broken.pem", "-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n");
        var certificate = file is null
            ? null
            : new CertificateFile(Path.Combine(_folder.Path, file), null);

        var failed = await Should.ThrowAsync<Exception>(() =>
            Served(builder => HttpsOptions.Use(builder, certificate))
        );

        (failed as SetupException ?? HttpsOptions.Explain(failed, Urls, certificate))
            .ShouldNotBeNull(failed.ToString())
            .Problem.ShouldContain(problem);
        HttpsOptions.Explain(failed, "http://127.0.0.1:8085", certificate).ShouldBeNull();
    }

    [Theory]
    [InlineData("http://10.0.0.5:8085", true)]
    [InlineData("http://sidecar:8085", true)]
    [InlineData("http://[2001:db8::1]:8085", true)]
    [InlineData("https://10.0.0.5:8085", false)]
    [InlineData("http://localhost:8085", false)]
    [InlineData("http://127.0.0.1:8085", false)]
    [InlineData("http://127.8.0.1:8085", false)]
    [InlineData("http://[::1]:8085", false)]
    public void X6_Plain_is_what_others_can_read(string address, bool isPlain) =>
        PlainAddress.Is(new Uri(address)).ShouldBe(isPlain);

    /// <returns>The thumbprint of the certificate that is shown.</returns>
    private static async Task<string?> Served(Action<WebApplicationBuilder> adjust)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Urls);
        builder.Logging.ClearProviders();
        adjust(builder);
        await using var app = builder.Build();
        app.MapGet("/", () => "hello");
        await app.StartAsync(Cancel);
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        string? shown = null;
#pragma warning disable MA0039 // It was made a moment ago, and is compared by the caller.
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
            {
                shown = certificate?.Thumbprint;
                return shown is not null;
            },
        };
#pragma warning restore MA0039
        using var http = new HttpClient(handler);
        (await http.GetStringAsync(new Uri(address), Cancel)).ShouldBe("hello");
        return shown;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static X509Certificate2 Made()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=127.0.0.1",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        return X509CertificateLoader.LoadPkcs12(
            made.Export(X509ContentType.Pkcs12),
            null,
            X509KeyStorageFlags.Exportable
        );
    }
}
