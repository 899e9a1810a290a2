namespace Mattermost.Simulator;

/// <summary>What a form on a screen needs of the client that shows it.</summary>
/// <param name="World">The server.</param>
/// <param name="User">Who fills it in.</param>
/// <param name="Post">Sends a body to a path.</param>
/// <param name="Pick">The id of a user or channel that is chosen by its name in a list of that source.</param>
/// <param name="TeamId">The team that the client shows when the form's own is none.</param>
/// <param name="IsPhone">It is an app that has no pickers yet, and draws a line of text in their place.</param>
internal sealed record FormClient(
    World World,
    User User,
    Func<string, object, Task<Sent>> Post,
    Func<string, string, string> Pick,
    Func<string> TeamId,
    Func<bool> IsPhone
)
{
    /// <summary>A request about a form, as clients send it: nothing in it but <c>user_id</c> is vouched for by anybody.</summary>
    public Task<Sent> SendAsync(
        string path,
        OpenedDialog form,
        string url,
        IReadOnlyDictionary<string, object?> submission,
        bool cancelled = false,
        string type = ""
    )
    {
        // The client keeps to the first form of several for all but the state.
        var first = form.First ?? form;
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["url"] = url,
            ["callback_id"] = first.CallbackId,
            ["state"] = form.State.Length > 0 ? form.State : first.State,
            ["submission"] = submission,
            ["user_id"] = User.Id,
            ["channel_id"] = form.ChannelId,
            ["team_id"] = form.TeamId.Length > 0 ? form.TeamId : TeamId(),
            ["cancelled"] = cancelled,
        };
        if (type.Length > 0)
        {
            body["type"] = type;
        }

        return Post(path, body);
    }
}
