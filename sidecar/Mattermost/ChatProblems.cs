using System.Net;
using Sidecar.Interactions;

namespace Sidecar.Mattermost;

/// <summary>Tells from Mattermost's answer whether a request may have been carried out and what stands in its way.</summary>
internal static class ChatProblems
{
    public static ChatException From(MattermostException answer)
    {
        var obstacle = Obstacle(answer);
        return new ChatException(Problem(answer, obstacle), answer.Message, answer)
        {
            RetryAfter = answer.RetryAfter,
            Obstacle = obstacle,
            // A proxy in front of a server that is away has no error ids.
            IsTheServersFault =
                answer is { Status: HttpStatusCode.InternalServerError, ErrorId: not null },
        };
    }

    /// <summary>The same problem, better understood.</summary>
    public static ChatException With(
        this ChatException problem,
        ChatProblem kind,
        ChatObstacle obstacle
    ) => new(kind, problem.Message, problem.InnerException) { Obstacle = obstacle };

    private static ChatProblem Problem(MattermostException answer, ChatObstacle obstacle) =>
        answer.Status switch
        {
            null => ChatProblem.Uncertain,
            HttpStatusCode.Unauthorized => ChatProblem.LockedOut,
            HttpStatusCode.TooManyRequests => ChatProblem.Busy,
            _ when obstacle == ChatObstacle.NoPost => ChatProblem.Missing,
            // 501 on some servers, where it would else look like trouble that passes.
            _ when obstacle == ChatObstacle.NoFiles => ChatProblem.Refused,
            // A proxy says "not found" while the server behind it is being restarted.
            HttpStatusCode.NotFound => answer.ErrorId is null
                ? ChatProblem.Uncertain
                : ChatProblem.Missing,
            HttpStatusCode.RequestTimeout => ChatProblem.Uncertain,
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError =>
                ChatProblem.Refused,
            // Redirects come from a wrong address or a maintenance page; success whose answer can't be read is in here too.
            _ => ChatProblem.Uncertain,
        };

    private static ChatObstacle Obstacle(MattermostException answer) =>
        answer.ErrorId switch
        {
            "api.post.create_post.can_not_post_to_deleted.error"
            or "api.post.patch_post.can_not_update_post_in_deleted.error"
            or "api.post.update_post.can_not_update_post_in_deleted.error"
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
            "app.user.missing_account.const" => ChatObstacle.NoAccount,
            "api.channel.add_members.user_denied" => ChatObstacle.MayNotAdd,
            "api.file.attachments.disabled.app_error" or "api.file.upload_file.storage.app_error" =>
                ChatObstacle.NoFiles,
            // Proxies have limits of their own, and say so with the status alone.
            "api.file.upload_file.too_large_detailed.app_error" => ChatObstacle.FileTooLarge,
            _ when answer.Status == HttpStatusCode.RequestEntityTooLarge =>
                ChatObstacle.FileTooLarge,
            _ when answer.Status == HttpStatusCode.Forbidden => ChatObstacle.NotAdmitted,
            _ => ChatObstacle.Unknown,
        };
}
