using System.Net;

namespace Sidecar.Mattermost;

/// <summary>What is wrong with a line.</summary>
internal enum WebSocketProblem
{
    /// <summary>The server is not there, or something before it does not let a WebSocket through.</summary>
    Unreachable,

    /// <summary>The server does not accept the bot's token.</summary>
    NotLetIn,

    /// <summary>
    /// It was cut before the server had said that the token is right. Cables do that, and so does Mattermost when the
    /// token is wrong: only asking another way tells.
    /// </summary>
    CutWhileOpening,

    /// <summary>The server says nothing.</summary>
    Silent,

    /// <summary>It was there, and is gone or has lost something.</summary>
    Lost,
}

/// <summary>Where a line that was lost is to be taken up again.</summary>
/// <param name="Connection">The name that the server gave to it.</param>
/// <param name="Next">The place of the first event that was not read.</param>
internal sealed record LineEnd(string Connection, long Next);

/// <summary>There is no line to Mattermost.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="message">What was seen; holds no secret.</param>
internal sealed class WebSocketConnectionException(
    WebSocketProblem problem,
    string message,
    Exception? inner = null
) : Exception(message, inner)
{
    public WebSocketProblem Problem { get; } = problem;

    /// <summary>With what the request for a WebSocket was answered; null when it was not answered.</summary>
    public HttpStatusCode? Status { get; init; }
}
