using System.Net.Sockets;
using System.Security.Authentication;

namespace Sidecar.Mattermost;

/// <summary>
/// Why something was not reached, in words that an administrator can act on. The frameworks wrap the reason in up to four
/// exceptions and say of the outermost that the inner one knows.
/// </summary>
internal static class NetworkReason
{
    public static string Of(Exception problem)
    {
        for (var at = problem; at is not null; at = at.InnerException)
        {
            if (Known(at) is { } reason)
            {
                return reason;
            }
        }

        var innermost = problem;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        return innermost.Message;
    }

    private static string? Known(Exception problem) =>
        problem switch
        {
            CertificateException certificate => certificate.Message,
            AuthenticationException => NoHandshake(problem),
            SocketException socket => OfSocket(socket),
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } =>
                "the connection was closed before the answer was complete",
            // Hung up in the middle of a TLS handshake: the runtime has a sentence for it and no kind.
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.SecureConnectionError,
                InnerException: IOException { InnerException: null }
            } => "the connection was closed before TLS was set up",
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
            or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } =>
                "what answered does not speak HTTP, or speaks it broken",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                NotResolved,
            TimeoutException => TimedOut,
            OperationCanceledException { InnerException: null or TimeoutException } => TimedOut,
            InvalidDataException => "the answer's compression is broken",
            _ => null,
        };

    private const string TimedOut = "nothing answered in time";

    private const string NotResolved =
        "the name of the host is not known: DNS does not resolve it from this machine";

    private static string? OfSocket(SocketException socket) =>
        socket.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.NoRecovery => NotResolved,
            SocketError.TryAgain =>
                "the name of the host could not be looked up: the name server does not answer",
            SocketError.ConnectionRefused =>
                "the connection was refused: nothing listens on that port, or a firewall turns callers away",
            SocketError.TimedOut => TimedOut,
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
                "the connection was reset by the other side",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
                "there is no route to the host from this machine",
            SocketError.AccessDenied => "this machine does not permit the connection",
            _ => null,
        };

    private static string NoHandshake(Exception problem) =>
        problem.Message.Contains("frame", StringComparison.OrdinalIgnoreCase)
        || problem.InnerException?.Message.Contains("wrong version", StringComparison.Ordinal)
            == true
            ? NoTls
            : $"no TLS connection could be made ({Innermost(problem)}); the other side may not speak TLS on that port, or only versions that are not taken any more";

    private const string NoTls =
        "what answers does not speak TLS on that port: the address should perhaps begin with http://, or name another port";

    private static string Innermost(Exception problem) =>
        problem.InnerException is { } inner ? Innermost(inner) : problem.Message;
}
