using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Mattermost;

/// <summary>Reads forms as Mattermost sends them.</summary>
internal static class SentForm
{
    /// <summary>
    /// The form without U+0000, which people can send and which means nothing: the framework refuses a form with it as
    /// a whole.
    /// </summary>
    /// <exception cref="InvalidDataException">It has more fields, or longer ones, than any that Mattermost sends.</exception>
    public static async Task<IFormCollection> Read(HttpRequest request)
    {
        using var body = new StreamReader(request.Body, Encoding.UTF8);
        var text = await body.ReadToEndAsync(request.HttpContext.RequestAborted);
        using var reader = new FormReader(
            text.Replace("\0", "", StringComparison.Ordinal)
                .Replace("%00", "", StringComparison.Ordinal)
        );
        return new FormCollection(await reader.ReadFormAsync(request.HttpContext.RequestAborted));
    }
}

/// <summary>Reads the form of a slash command.</summary>
internal static class CommandForm
{
    public static Envelope? Read(IFormCollection form, DateTimeOffset now)
    {
        var user = form["user_id"].ToString();
        var channel = form["channel_id"].ToString();
        var trigger = form["trigger_id"].ToString();
        if (!IdForm.Fits(user) || !IdForm.Fits(channel))
        {
            return null;
        }

        var team = form["team_id"].ToString();
        var root = form["root_id"].ToString();
        if ((team.Length > 0 && !IdForm.Fits(team)) || (root.Length > 0 && !IdForm.Fits(root)))
        {
            return null;
        }

        return new Envelope(
            $"command:{trigger}",
            new UserId(user),
            // In direct messages Mattermost sends the team that its reader happened to look at.
            team.Length == 0
            || IsDirect(form["channel_name"].ToString())
                ? null
                : new TeamId(team),
            new ChannelId(channel),
            root.Length == 0 ? null : new PostId(root),
            trigger.Length == 0 ? null : new TriggerId(trigger),
            now
        )
        {
            Later = LaterAnswer(form["response_url"].ToString()),
        };
    }

    /// <summary>
    /// Only the id is taken, never the address: it is under Mattermost's public name, and what a request says must not
    /// choose where we ask.
    /// </summary>
    private static LateAnswer? LaterAnswer(string address)
    {
        var id = address[(address.LastIndexOf('/') + 1)..];
        return IdForm.Fits(id) ? new LateAnswer(id) : null;
    }

    /// <summary>Two people’s channel has their ids as its name, a group’s a hash of them.</summary>
    private static bool IsDirect(string channel) =>
        (channel.Length == 54 && channel[26..28] == "__")
        || (channel.Length == 40 && channel.All(char.IsAsciiHexDigitLower));

    /// <summary>
    /// Whom and what it mentions, and the channel in which it was typed by its name: Mattermost names private ones in no
    /// other way.
    /// </summary>
    public static Mentions Mentions(IFormCollection form)
    {
        var users = Pairs(form, "user_mentions")
            .ToDictionary(p => p.Name, p => new UserId(p.Id), StringComparer.OrdinalIgnoreCase);
        var channels = Pairs(form, "channel_mentions")
            .ToDictionary(p => p.Name, p => new ChannelId(p.Id), StringComparer.OrdinalIgnoreCase);
        if (form["channel_name"].ToString() is { Length: > 0 } here)
        {
            channels.TryAdd(here, new ChannelId(form["channel_id"].ToString()));
        }

        return new Mentions(users, channels)
        {
            Here =
                form["channel_name"].ToString() is { Length: > 0 } name && !IsDirect(name)
                    ? new NamedChannel(new ChannelId(form["channel_id"].ToString()), name)
                    : null,
        };
    }

    private static IEnumerable<(string Name, string Id)> Pairs(IFormCollection form, string field)
    {
        var names = form[field];
        var ids = form[field + "_ids"];
        return names
            .Zip(ids, (name, id) => (Name: name ?? "", Id: id ?? ""))
            .Where(p => p.Name.Length > 0 && IdForm.Fits(p.Id))
            .DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>Reads the form of an outgoing webhook.</summary>
internal static class TriggerForm
{
    public static TriggerRequest Read(IFormCollection form) =>
        new(
            form["token"],
            form["team_id"],
            form["channel_id"],
            form["user_id"],
            form["user_name"],
            form["post_id"],
            form["text"],
            form["trigger_word"]
        );
}

/// <summary>
/// Reads the values of a dialog: text, whatever JSON type they come in. What comes empty or as null is empty; what does
/// not come is missing, which is something else.
/// </summary>
internal static class DialogValues
{
    private const int MostChosen = 200;

    public static IReadOnlyDictionary<string, string> Read(
        Dictionary<string, JsonElement>? submission,
        IReadOnlyList<AskedField>? asked = null,
        int step = 0
    )
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, element) in submission ?? [])
        {
            values[name] = element.ValueKind switch
            {
                // What is no character can't be compared with anything, nor stored by Mattermost.
                JsonValueKind.String => SentText
                    .Of(element)
                    .Replace("\0", "", StringComparison.Ordinal)
                    .Replace("\uFFFE", "", StringComparison.Ordinal)
                    .Replace("\uFFFF", "", StringComparison.Ordinal),
                JsonValueKind.Array when TakesSeveral(asked, OpenDialog.Own(step, name)) => Several(
                    element
                ),
                JsonValueKind.Number => Number(element),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => "",
            };
        }

        return values;
    }

    private static bool TakesSeveral(IReadOnlyList<AskedField>? asked, string? name) =>
        asked?.Any(f => f.Name == name && f.Drawing == FieldDrawing.Several) == true;

    /// <summary>Of several that are chosen each is an id or a word.</summary>
    private static string Several(JsonElement list) =>
        string.Join(
            ' ',
            list.EnumerateArray()
                .Where(e => e.ValueKind == JsonValueKind.String)
                .Take(MostChosen)
                .Select(SentText.Of)
        );

    /// <summary>As somebody types it: 12, not 1.2E+1, as far as it can be told.</summary>
    private static string Number(JsonElement element) =>
        element.TryGetDecimal(out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : element.GetRawText();
}
