namespace Mattermost.Simulator;

/// <summary>A REST request that the server received, for tests to look at.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Path">The path without the query.</param>
/// <param name="Query">The query with its question mark, or empty.</param>
/// <param name="Token">The session or access token it came with, or empty.</param>
/// <param name="Username">Whose token that is, or empty.</param>
/// <param name="Body">The body as text; empty for uploads.</param>
/// <param name="Status">What it was answered with; 0 when the connection was cut instead.</param>
/// <param name="RequestId">The id in the answer's <c>X-Request-Id</c>.</param>
/// <param name="At">When it came, by the server's clock.</param>
public sealed record ReceivedRequest(
    string Method,
    string Path,
    string Query,
    string Token,
    string Username,
    string Body,
    int Status,
    string RequestId,
    DateTimeOffset At
);
