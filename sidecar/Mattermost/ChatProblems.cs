using System.Net;
using Sidecar.Chat;

namespace Sidecar.Mattermost;

/// <summary>
/// Tells from an answer whether a request may have been carried out and what stands in its way. All refusals of
/// Mattermost's that can meet the product are known here, and nowhere else.
/// </summary>
internal static class ChatProblems
{
    public static ChatException From(MattermostException answer)
    {
        var obstacle = Obstacle(answer);
        return new ChatException(Problem(answer, obstacle), answer.Message, answer)
        {
            RetryAfter = answer.RetryAfter,
            Obstacle = obstacle,
            WasAnswered = WasAnswered(answer),
        };
    }

    /// <summary>The same problem, better understood.</summary>
    public static ChatException With(
        this ChatException problem,
        ChatProblem kind,
        ChatObstacle obstacle
    ) => new(kind, problem.Message, problem.InnerException) { Obstacle = obstacle };

    /// <remarks>
    /// Only what Mattermost itself says is a verdict. A status alone comes from whatever stands between: a log-in page, a
    /// gateway whose server is being restarted, a filter. It says nothing about what was asked.
    /// </remarks>
    private static ChatProblem Problem(MattermostException answer, ChatObstacle obstacle) =>
        answer switch
        {
            // Mattermost's own limiter has no error id either; whoever says this has not passed it on.
            { Status: HttpStatusCode.TooManyRequests } => ChatProblem.Busy,
            { ErrorId: null } => ChatProblem.Uncertain,
            { Status: HttpStatusCode.Unauthorized } => ChatProblem.LockedOut,
            _ when obstacle == ChatObstacle.NoPost => ChatProblem.Missing,
            // 501 and 500, where it would else look like trouble that passes.
            _ when obstacle is ChatObstacle.NoFiles or ChatObstacle.NotOnThisServer =>
                ChatProblem.Refused,
            { Status: HttpStatusCode.NotFound } => ChatProblem.Missing,
            { Status: HttpStatusCode.RequestTimeout } => ChatProblem.Uncertain,
            { Status: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError } =>
                ChatProblem.Refused,
            _ => ChatProblem.Uncertain,
        };

    private static ChatObstacle Obstacle(MattermostException answer) =>
        answer.ErrorId switch
        {
            null => ChatObstacle.Unknown,
            "api.post.create_post.can_not_post_to_deleted.error"
            or "api.post.patch_post.can_not_update_post_in_deleted.error"
            or "api.post.update_post.can_not_update_post_in_deleted.error"
            or "api.command.execute_command.deleted.error"
            // Servers name a change of an archived channel like this, and nothing else.
            or "app.channel.update.bad_id"
            or "api.channel.update_channel.deleted.app_error" => ChatObstacle.Archived,
            "api.post.create_post.root_id.app_error"
            or "api.post.create_post.channel_root_id.app_error"
            or "api.post.update_post.permissions_details.app_error"
            or "app.post.get.app_error" => ChatObstacle.NoPost,
            "app.channel.get.existing.app_error" or "app.channel.get.find.app_error" =>
                ChatObstacle.NoChannel,
            "api.channel.create_channel.max_channel_limit.app_error"
            or "store.sql_channel.save_channel.limit.app_error" => ChatObstacle.TooManyChannels,
            // The second one speaks of those who have left the team, not of a channel that is gone.
            "app.team.get_member.missing.app_error"
            or "api.channel.add_user.to.channel.failed.deleted.app_error" => ChatObstacle.NotInTeam,
            "app.user.missing_account.const" or "app.channel.add_member.deleted_user.app_error" =>
                ChatObstacle.NoAccount,
            "api.channel.add_members.user_denied" => ChatObstacle.MayNotAdd,
            "api.file.attachments.disabled.app_error" or "api.file.upload_file.storage.app_error" =>
                ChatObstacle.NoFiles,
            "api.file.upload_file.too_large_detailed.app_error" => ChatObstacle.FileTooLarge,
            // A request, not a file: a card or a text that has to be shorter.
            "api.context.request_body_too_large.app_error"
            or "model.post.is_valid.msg.app_error"
            or "model.post.is_valid.message_length.app_error"
            or "model.post.is_valid.props.app_error" => ChatObstacle.TooLong,
            // Acknowledgements, bookmarks, banners, groups … of a server without a licence: by whatever status.
            { } id
                when id.Contains("license", StringComparison.Ordinal)
                    || answer.Status == HttpStatusCode.NotImplemented =>
                ChatObstacle.NotOnThisServer,
            _ when answer.Status == HttpStatusCode.Forbidden => ChatObstacle.NotAdmitted,
            _ => ChatObstacle.Unknown,
        };

    /// <summary>A gateway whose server is away answers too, and for that server's absence no single request is to blame.</summary>
    private static bool WasAnswered(MattermostException answer) =>
        answer.ErrorId is not null
        || answer.Status
            is not null
                and not (
                    HttpStatusCode.BadGateway
                    or HttpStatusCode.ServiceUnavailable
                    or HttpStatusCode.GatewayTimeout
                    or HttpStatusCode.RequestTimeout
                );
}
