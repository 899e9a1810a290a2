namespace Sidecar.Mattermost.Plugin;

/// <summary>What Mattermost asks of a program that it runs as a plugin.</summary>
internal interface IPluginHooks
{
    /// <summary>Mattermost waits for it: afterwards the plugin is served to people.</summary>
    /// <exception cref="PluginRefusal">It can't be used; an administrator reads why.</exception>
    Task Activate(PluginApi api, CancellationToken cancel);

    /// <summary>Nothing is asked any more afterwards. There are ten seconds when the server stops.</summary>
    Task Deactivate(CancellationToken cancel);

    /// <summary>Any of the server's settings have changed, ours or others.</summary>
    Task ConfigurationChanged(CancellationToken cancel);

    /// <summary>Somebody typed our slash command.</summary>
    Task<CommandResponse> Execute(PluginCommand command, CancellationToken cancel);

    /// <summary>Somebody posted a message, in any channel of the server.</summary>
    Task Posted(PluginPost post, CancellationToken cancel);

    /// <summary>What another server of the same cluster says.</summary>
    Task ClusterEvent(string id, string data, CancellationToken cancel);

    /// <summary>A request below <c>/plugins/escalate</c>.</summary>
    Task Serve(PluginRequest request, PluginResponse response, CancellationToken cancel);
}

/// <summary>The plugin can't be activated; the message says what to do.</summary>
internal sealed class PluginRefusal(string message, Exception? inner = null)
    : Exception(message, inner);

/// <summary>A slash command as it was typed, vouched for by Mattermost.</summary>
internal sealed record PluginCommand(
    string User,
    string Channel,
    string Team,
    string Root,
    string Trigger,
    string Text,
    IReadOnlyDictionary<string, string> UserMentions,
    IReadOnlyDictionary<string, string> ChannelMentions
);

/// <summary>A message that was posted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="User">By whom.</param>
/// <param name="Channel">Where.</param>
/// <param name="Type">Empty for what people write.</param>
/// <param name="Text">What it says.</param>
internal sealed record PluginPost(string Id, string User, string Channel, string Type, string Text);

/// <summary>A request as Mattermost hands it on.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Address">Path below the plugin's own, with the query.</param>
/// <param name="Headers">Without what proves a session.</param>
/// <param name="User">Who is signed in; null when nobody is. Mattermost's word, not the browser's.</param>
/// <param name="From">The address that Mattermost saw.</param>
/// <param name="Body">Comes as it is read.</param>
internal sealed record PluginRequest(
    string Method,
    string Address,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Headers,
    string? User,
    string From,
    Stream Body
);
