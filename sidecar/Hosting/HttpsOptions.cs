using System.CommandLine;
using System.Security.Cryptography;
using Sidecar.Settings;

namespace Sidecar.Hosting;

/// <summary>
/// How <c>run --urls https://…</c> gets its certificate: by the framework's own settings (<c>Kestrel:Certificates:Default</c>,
/// also as variables), or by options that set those.
/// </summary>
internal sealed class HttpsOptions
{
    private const string Section = "Kestrel:Certificates:Default";
    private const string Variable = "ASPNETCORE_Kestrel__Certificates__Default__";

    public Option<string?> Certificate { get; } =
        new("--certificate")
        {
            Description =
                $"The certificate for https:// in --urls: a .pfx file (its password in the variable {Variable}Password), or a .pem file with --certificate-key. The framework's variables {Variable}Path and …KeyPath do the same.",
            HelpName = "file",
        };

    public Option<string?> Key { get; } =
        new("--certificate-key")
        {
            Description = "The private key, when the certificate is a .pem file without it.",
            HelpName = "file",
        };

    /// <summary>What was given; null when nothing was.</summary>
    public CertificateFile? Read(ParseResult parsed) =>
        parsed.GetValue(Certificate) is { Length: > 0 } path
            ? new CertificateFile(path, parsed.GetValue(Key))
            : null;

    /// <summary>Lets a server serve HTTPS.</summary>
    public static void Use(WebApplicationBuilder builder, CertificateFile? certificate)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        if (certificate is null)
        {
            return;
        }

        Set(builder, "Path", certificate.Path);
        // One .pem file may hold both.
        var key = certificate.KeyPath ?? (certificate.IsPkcs12 ? null : certificate.Path);
        if (key is not null)
        {
            Set(builder, "KeyPath", key);
        }
    }

    private static void Set(WebApplicationBuilder builder, string name, string file)
    {
        if (!File.Exists(file))
        {
            throw new SetupException(
                $"The sidecar did not start: there is no file {file}.",
                "Name the certificate and its key with --certificate and --certificate-key."
            );
        }

        // Relative to where it was typed, not to the program.
        builder.Configuration[$"{Section}:{name}"] = Path.GetFullPath(file);
    }

    /// <summary>Why it does not serve HTTPS; null when something else is the reason.</summary>
    public static SetupException? Explain(
        Exception problem,
        string urls,
        CertificateFile? certificate
    ) =>
        !urls.Contains("https://", StringComparison.OrdinalIgnoreCase)
            ? null
            : problem switch
            {
                FileNotFoundException
                or DirectoryNotFoundException
                or UnauthorizedAccessException => new SetupException(
                    $"The sidecar did not start: its certificate can't be read: {problem.Message}",
                    "Name a file that exists and that the sidecar's user may read, with --certificate and --certificate-key.",
                    problem
                ),
                CryptographicException => new SetupException(
                    $"The sidecar did not start: the certificate {certificate?.Path} can't be used: {problem.Message}",
                    $"A .pfx file takes its password from the variable {Variable}Password; a .pem file takes its key from --certificate-key.",
                    problem
                ),
                InvalidOperationException
                    when problem.Message.Contains(
                        "certificate",
                        StringComparison.OrdinalIgnoreCase
                    ) => new SetupException(
                    $"The sidecar did not start: there is no certificate for {urls}.",
                    $"Give one with --certificate (or the variable {Variable}Path), or listen on http:// behind a proxy that has one.",
                    problem
                ),
                _ => null,
            };
}

/// <summary>A certificate that was named.</summary>
/// <param name="Path">Its file.</param>
/// <param name="KeyPath">The file of its key, when that is another one.</param>
internal sealed record CertificateFile(string Path, string? KeyPath)
{
    /// <summary>The key is in it.</summary>
    public bool IsPkcs12 =>
        Path.EndsWith(".pfx", StringComparison.OrdinalIgnoreCase)
        || Path.EndsWith(".p12", StringComparison.OrdinalIgnoreCase);
}
