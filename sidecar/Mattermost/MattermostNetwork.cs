using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sidecar.Mattermost;

/// <summary>What carries requests to Mattermost.</summary>
internal static class MattermostNetwork
{
    /// <summary>
    /// No redirects: one would carry the token to wherever it leads, and turn a post into a question. A certificate that
    /// is not taken is said so in words.
    /// </summary>
    public static SocketsHttpHandler Handler() =>
        new()
        {
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = Accept,
            },
        };

    /// <exception cref="CertificateException">It is not taken.</exception>
    private static bool Accept(
        object sender,
        X509Certificate? certificate,
        X509Chain? chain,
        SslPolicyErrors errors
    )
    {
        var isTaken = errors == SslPolicyErrors.None;
        if (isTaken)
        {
            return isTaken;
        }

        var host = (sender as SslStream)?.TargetHostName ?? "that host";
        throw new CertificateException(
            Reasons(host, certificate as X509Certificate2, chain, errors)
        );
    }

    private static string Reasons(
        string host,
        X509Certificate2? certificate,
        X509Chain? chain,
        SslPolicyErrors errors
    )
    {
        if (certificate is null)
        {
            return "the other side showed no certificate";
        }

        List<string> reasons = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons.Add(
                $"its certificate is for {Names(certificate)}, not for {host}: use the name that the certificate has, or one made for this name"
            );
        }

        var flaws = (chain?.ChainStatus ?? []).Aggregate(
            X509ChainStatusFlags.NoError,
            (all, one) => all | one.Status
        );
        if (flaws.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            reasons.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"its certificate is valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd} only: renew it, or set this machine's clock"
                )
            );
        }

        if (flaws.HasFlag(X509ChainStatusFlags.Revoked))
        {
            reasons.Add("its certificate was revoked by who issued it");
        }

        if (
            (flaws & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain))
                != X509ChainStatusFlags.NoError
            || reasons.Count == 0
        )
        {
            reasons.Add(
                $"its certificate is not trusted here: it was issued by {Issuer(certificate)}, which this machine does not know. Add that issuer's certificate to those that this machine trusts (on Linux also: the variable SSL_CERT_FILE)"
            );
        }

        return string.Join("; and ", reasons);
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate
            .Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e =>
                e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString()))
            )
            .Take(5)
            .ToList();
        return names.Count > 0
            ? string.Join(", ", names)
            : certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
    }

    private static string Issuer(X509Certificate2 certificate) =>
        certificate.Issuer == certificate.Subject
            ? "itself"
            : $"\"{certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true)}\"";
}

/// <summary>A server's certificate is not taken; the message says why.</summary>
internal sealed class CertificateException(string message) : AuthenticationException(message);
