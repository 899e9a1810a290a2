using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>What <see cref="MattermostChat"/> has to know.</summary>
/// <param name="BotToken">The bot's access token.</param>
/// <param name="Bot">The bot's user id: only its own posts are taken for ours.</param>
/// <param name="ActionsUrl">Where Mattermost reports clicks, absolute.</param>
/// <param name="DialogsUrl">Where Mattermost delivers dialogs, absolute.</param>
internal sealed record ChatOptions(
    string BotToken,
    UserId Bot,
    string ActionsUrl,
    string DialogsUrl
)
{
    /// <summary>
    /// Under this name the HTTP client is registered: base address Mattermost's, with a slash at its end (Mattermost may
    /// live below a path); own timeout infinite; no redirects, which would turn a post into a question.
    /// </summary>
    public const string HttpClientName = "mattermost";

    /// <summary>How long a post or change may take before its outcome counts as unknown.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a question may take.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a file may take, up or down.</summary>
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long opening a dialog may take: the person waits, and the trigger dies after 3 seconds.</summary>
    public TimeSpan DialogTimeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// Answers whoever typed a command where they typed it, when commands do not come with an address for that; null when
    /// they do.
    /// </summary>
    public Func<LateAnswer, string, CancellationToken, Task>? AnswersLater { get; init; }

    /// <summary>Where lists of forms ask what they offer; null where browsers would not ask there.</summary>
    public string? LookUpsUrl { get; init; }

    /// <summary>
    /// The addresses that browsers let a list ask: encrypted ones, this machine, and the server's own plugins.
    /// </summary>
    public static bool IsAskedByBrowsers(string url) =>
        url.StartsWith("/plugins/", StringComparison.Ordinal)
        || (
            Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (
                address.Scheme == Uri.UriSchemeHttps
                || (
                    address.Scheme == Uri.UriSchemeHttp
                    && address.Host is "localhost" or "127.0.0.1"
                )
            )
        );

    public override string ToString() => $"{nameof(ChatOptions)} {{ {Bot} }}";
}
