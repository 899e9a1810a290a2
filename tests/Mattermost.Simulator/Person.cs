using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>A user at a client: everything goes over HTTP, through the same code as any client's requests.</summary>
public sealed class Person
{
    private readonly World world;
    private readonly ClientConnection connection;
    private readonly Func<string, Channel> channelNamed;

    internal Person(
        World world,
        HttpClient http,
        Func<string, Channel> channelNamed,
        User user,
        string token
    )
    {
        this.world = world;
        connection = new ClientConnection(world, http, token);
        this.channelNamed = channelNamed;
        User = user;
        Token = token;
    }

    public User User { get; }

    /// <summary>The session token that this client uses.</summary>
    public string Token { get; }

    /// <summary>Types a slash command into a channel, or into a thread of it.</summary>
    public async Task<CommandOutcome> Execute(
        string channel,
        string text,
        string rootId = "",
        string? team = null
    )
    {
        var where = channelNamed(channel);
        var teamId = where.TeamId.Length > 0 ? where.TeamId : TeamFor(team);
        var sent = await connection.SendAsync(
            HttpMethod.Post,
            "/api/v4/commands/execute",
            new
            {
                channel_id = where.Id,
                command = text,
                team_id = teamId,
                root_id = rootId,
            }
        );
        return new CommandOutcome(sent.Status, sent.Body, sent.Error, sent.Ephemerals);
    }

    private string TeamFor(string? name) =>
        (
            name is not null ? world.Teams.FindByName(name)
            : world.Teams.Of(User.Id) is [var first, ..] ? first
            : null
        )?.Id
        ?? "";

    /// <summary>
    /// Clicks a button or chooses in a menu, named by its id or by its label; an option is named by its value or
    /// text, a user or channel by its id or name.
    /// Works on ephemeral posts too.
    /// </summary>
    public async Task<ClickOutcome> Click(
        string postId,
        string action,
        string? selectedOption = null
    )
    {
        var post =
            world.Posts.Find(postId)
            ?? world.Ephemerals.Of(User.Id).LastOrDefault(e => e.Id == postId);
        var found =
            post?.Actions.FirstOrDefault(a => a.Id == action)
            ?? post?.Actions.FirstOrDefault(a => a.Name == action);
        if (post is not null && found is null)
        {
            var there = string.Join(", ", post.Actions.Select(a => $"{a.Id} '{a.Name}'"));
            throw new ArgumentException(
                $"The post has no button '{action}'; it has: {there}.",
                nameof(action)
            );
        }

        var value =
            found?.Options?.FirstOrDefault(o => o.Text == selectedOption)?.Value
            ?? (selectedOption is null ? null : Pick(found?.DataSource ?? "", selectedOption));
        return await ClickRaw(postId, found?.Id ?? action, value, found?.Cookie);
    }

    /// <summary>Clicks by ids as they are, whether or not a client would show such a button.</summary>
    public async Task<ClickOutcome> ClickRaw(
        string postId,
        string actionId,
        string? selected = null,
        string? cookie = null
    )
    {
        var sent = await connection.SendAsync(
            HttpMethod.Post,
            $"/api/v4/posts/{postId}/actions/{actionId}",
            new { selected_option = selected ?? "", cookie = cookie ?? "" }
        );
        return new ClickOutcome(sent.Status, sent.Error, sent.Ephemerals, world.Posts.Find(postId));
    }

    // Clients show names of users and channels, and send their ids.
    private string Pick(string dataSource, string chosen) =>
        dataSource switch
        {
            "users" => world.Users.FindByName(chosen.TrimStart('@'))?.Id ?? chosen,
            "channels" => world.Channels.Find(chosen)?.Id ?? channelNamed(chosen).Id,
            _ => chosen,
        };

    /// <summary>The dialog that this user's client shows, or null.</summary>
    public OpenedDialog? OpenDialog => world.Dialogs.OpenFor(User.Id);

    /// <summary>
    /// Fills in a dialog and submits it. What is not given keeps its default; a client refuses to send what is
    /// required and missing, too short, too long or no number.
    /// </summary>
    public async Task<DialogOutcome> SubmitDialog(
        OpenedDialog dialog,
        IReadOnlyDictionary<string, object?> values
    )
    {
        var submission = DialogForm.Fill(dialog, values, Pick);
        var refused = DialogForm.Check(dialog, submission);
        return refused.Count > 0
            ? new DialogOutcome(0, null, "", refused, null, [])
            : await SubmitRaw(dialog, submission, cancelled: false);
    }

    /// <summary>Submits to the open dialog, which must exist.</summary>
    public Task<DialogOutcome> SubmitDialog(params (string Name, object? Value)[] values) =>
        SubmitDialog(
            OpenDialog
                ?? throw new InvalidOperationException(
                    $"No dialog is open at {User.Username}'s client."
                ),
            values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal)
        );

    /// <summary>Puts a dialog away; the integration hears of it only when it asked to.</summary>
    public async Task CancelDialog(OpenedDialog dialog)
    {
        if (dialog.NotifyOnCancel)
        {
            await SubmitRaw(
                dialog,
                new Dictionary<string, object?>(StringComparer.Ordinal),
                cancelled: true
            );
        }

        world.Dialogs.Replace(User.Id, null);
    }

    /// <summary>Sends a submission as it is: whatever a browser could be made to send.</summary>
    public async Task<DialogOutcome> SubmitRaw(
        OpenedDialog dialog,
        IReadOnlyDictionary<string, object?> submission,
        bool cancelled
    )
    {
        var sent = await connection.SendAsync(
            HttpMethod.Post,
            "/api/v4/actions/dialogs/submit",
            new
            {
                url = dialog.Url,
                callback_id = dialog.CallbackId,
                state = dialog.State,
                channel_id = dialog.ChannelId,
                team_id = dialog.TeamId.Length > 0 ? dialog.TeamId : TeamFor(null),
                submission,
                cancelled,
            }
        );
        var outcome = DialogForm.Outcome(dialog, sent);
        if (outcome.Closed || outcome.Next is not null)
        {
            world.Dialogs.Replace(User.Id, outcome.Next);
        }

        return outcome;
    }

    /// <summary>Uploads a file and posts it with a message.</summary>
    public async Task<Post> PostFile(
        string channel,
        string fileName,
        byte[] content,
        string message = ""
    )
    {
        var where = channelNamed(channel).Id;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(where), "channel_id" },
            { new ByteArrayContent(content), "files", fileName },
        };
        var uploaded = await connection.SendAsync(HttpMethod.Post, "/api/v4/files", form);
        var file = uploaded.Error is null
            ? uploaded.Body.Get("file_infos")!.Value[0].Str("id")
            : throw new InvalidOperationException(uploaded.Error.Message);
        var sent = await connection.SendAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new
            {
                channel_id = where,
                message,
                file_ids = new[] { file },
            }
        );
        return world.Posts.Find(sent.Body.Str("id"))
            ?? throw new InvalidOperationException(sent.Error?.Message);
    }

    /// <summary>Posts a message into a channel, or as a reply.</summary>
    public async Task<Post> Post(string channel, string message, string rootId = "")
    {
        var sent = await connection.SendAsync(
            HttpMethod.Post,
            "/api/v4/posts",
            new
            {
                channel_id = channelNamed(channel).Id,
                message,
                root_id = rootId,
            }
        );
        return world.Posts.Find(Accepted(sent).Str("id"))!;
    }

    /// <summary>Reacts to a post with an emoji, by name without colons.</summary>
    public async Task React(string postId, string emoji) =>
        Accepted(
            await connection.SendAsync(
                HttpMethod.Post,
                "/api/v4/reactions",
                new
                {
                    user_id = User.Id,
                    post_id = postId,
                    emoji_name = emoji,
                }
            )
        );

    /// <summary>Any other request of this user's client; refusals come back as a status, not as an exception.</summary>
    public async Task<(int Status, JsonElement Body)> Request(
        HttpMethod method,
        string path,
        object? body = null
    )
    {
        var sent = await connection.SendAsync(method, path, body);
        return (sent.Status, sent.Body);
    }

    private static JsonElement Accepted(Sent sent) =>
        sent.Error is null ? sent.Body : throw new ClientRefusedException(sent.Error);
}
