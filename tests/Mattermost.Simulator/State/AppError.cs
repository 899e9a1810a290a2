using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>An error as Mattermost's REST API answers it.</summary>
public sealed record AppError(string Id, string Message, int StatusCode)
{
    /// <summary>Always empty to clients: servers that are not in developer mode hide it.</summary>
    public string DetailedError { get; init; } = "";

    public string RequestId { get; init; } = "";

    /// <summary>What a developer would read in the server's log.</summary>
    [JsonIgnore]
    public string Details { get; init; } = "";
}

/// <summary>
/// Ends a request with an error. Thrown, because Mattermost's own permission checks end a request from any depth
/// and the stand-in's code is meant to be read beside them.
/// </summary>
internal sealed class RefusedException(AppError error) : Exception($"{error.Id}: {error.Message}")
{
    public AppError Error { get; } = error;
}

internal static class Refuse
{
    public static RefusedException With(string id, int status, string details = "") =>
        new(new AppError(id, Messages.Of(id), status) { Details = details });

    public static RefusedException With(
        string id,
        int status,
        (string Name, string Value) argument
    ) => new(new AppError(id, Messages.Of(id, argument), status));

    public static RefusedException Permission(string permission) =>
        With("api.context.permissions.app_error", 403, "permission=" + permission);

    public static RefusedException Body(string name) =>
        With("api.context.invalid_body_param.app_error", 400, ("Name", name));

    public static RefusedException Url(string name) =>
        With("api.context.invalid_url_param.app_error", 400, ("Name", name));

    public static RefusedException Param(string name) =>
        With("api.context.invalid_param.app_error", 400, ("Name", name));

    public static RefusedException NoSession() =>
        With("api.context.session_expired.app_error", 401);

    public static RefusedException NoUser() => With("app.user.missing_account.const", 404);

    public static RefusedException NoChannel() => With("app.channel.get.existing.app_error", 404);

    public static RefusedException NoTeam() => With("app.team.get.find.app_error", 404);

    public static RefusedException NoPost() => With("app.post.get.app_error", 404);
}
