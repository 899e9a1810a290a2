using System.Net.Http.Headers;

namespace Sidecar.Mattermost.Admin;

/// <summary>Slash commands, outgoing webhooks, plugins.</summary>
internal sealed partial class MattermostAdmin
{
    /// <summary>The team's custom slash commands, with their tokens.</summary>
    public Task<IReadOnlyList<ServerCommand>> Commands(string teamId, CancellationToken cancel) =>
        Get(
            $"api/v4/commands?team_id={teamId}&custom_only=true",
            Json.IReadOnlyListServerCommand,
            cancel
        );

    public Task<ServerCommand> CreateCommand(ServerCommand command, CancellationToken cancel) =>
        Post(
            "api/v4/commands",
            MattermostHttp.Json(command, Json.ServerCommand),
            Json.ServerCommand,
            cancel
        );

    /// <summary>Its token stays as it is.</summary>
    public Task<ServerCommand> ChangeCommand(ServerCommand command, CancellationToken cancel) =>
        _server.Send(
            HttpMethod.Put,
            $"api/v4/commands/{command.Id}",
            MattermostHttp.Json(command, Json.ServerCommand),
            Json.ServerCommand,
            cancel
        );

    public Task DeleteCommand(string id, CancellationToken cancel) =>
        _server.Send(HttpMethod.Delete, $"api/v4/commands/{id}", null, cancel);

    /// <summary>The team's outgoing webhooks, with their tokens.</summary>
    public Task<IReadOnlyList<ServerWebhook>> Webhooks(string teamId, CancellationToken cancel) =>
        Pages($"api/v4/hooks/outgoing?team_id={teamId}&", Json.IReadOnlyListServerWebhook, cancel);

    public Task<ServerWebhook> CreateWebhook(ServerWebhook hook, CancellationToken cancel) =>
        Post(
            "api/v4/hooks/outgoing",
            MattermostHttp.Json(hook, Json.ServerWebhook),
            Json.ServerWebhook,
            cancel
        );

    public Task<ServerWebhook> ChangeWebhook(ServerWebhook hook, CancellationToken cancel) =>
        _server.Send(
            HttpMethod.Put,
            $"api/v4/hooks/outgoing/{hook.Id}",
            MattermostHttp.Json(hook, Json.ServerWebhook),
            Json.ServerWebhook,
            cancel
        );

    public Task DeleteWebhook(string id, CancellationToken cancel) =>
        _server.Send(HttpMethod.Delete, $"api/v4/hooks/outgoing/{id}", null, cancel);

    public Task<InstalledPlugins> Plugins(CancellationToken cancel) =>
        Get("api/v4/plugins", Json.InstalledPlugins, cancel);

    /// <summary>The plugins that browsers load; any logged-in account may ask.</summary>
    public Task<IReadOnlyList<InstalledPlugin>> LoadedPlugins(CancellationToken cancel) =>
        Get("api/v4/plugins/webapp", Json.IReadOnlyListInstalledPlugin, cancel);

    /// <summary>Replaces an installed one with the same id.</summary>
    public async Task UploadPlugin(byte[] archive, CancellationToken cancel)
    {
        using var file = new ByteArrayContent(archive);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
        using var force = new StringContent("true");
        using var body = new MultipartFormDataContent();
        body.Add(force, "force");
        body.Add(file, "plugin", "plugin.tar.gz");
        await _server.Send(HttpMethod.Post, "api/v4/plugins", body, cancel);
    }

    public Task EnablePlugin(string id, CancellationToken cancel) =>
        _server.Send(HttpMethod.Post, $"api/v4/plugins/{id}/enable", null, cancel);

    public Task RemovePlugin(string id, CancellationToken cancel) =>
        _server.Send(HttpMethod.Delete, $"api/v4/plugins/{id}", null, cancel);

    public Task<ChannelInfo> Channel(string teamId, string name, CancellationToken cancel) =>
        Get($"api/v4/teams/{teamId}/channels/name/{name}", Json.ChannelInfo, cancel);

    /// <summary>Types a command as the token's owner.</summary>
    public Task<CommandAnswer> Execute(
        string channelId,
        string command,
        CancellationToken cancel
    ) =>
        Post(
            "api/v4/commands/execute",
            MattermostHttp.Json(new CommandToExecute(channelId, command), Json.CommandToExecute),
            Json.CommandAnswer,
            cancel
        );
}
