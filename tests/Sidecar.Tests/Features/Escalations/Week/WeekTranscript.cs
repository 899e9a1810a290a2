using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mattermost.Simulator;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Features.Escalations.Week;

/// <summary>A step, and what people saw of it.</summary>
/// <param name="Step">Which.</param>
/// <param name="Answer">What whoever acted read.</param>
/// <param name="Places">What came up where, by the name of the place.</param>
internal sealed record ToldStep(WeekStep Step, string Answer, IReadOnlyList<string> Places);

/// <summary>Looks at everything in Mattermost after each step, and tells what is new.</summary>
/// <param name="desk">Where.</param>
/// <param name="zone">In which posts are timed.</param>
internal sealed partial class WeekTranscript(Desk desk, TimeZoneInfo zone)
{
    private readonly List<ToldStep> _steps = [];
    private Dictionary<string, Place> _before = [];

    public IReadOnlyList<ToldStep> Steps => _steps;

    /// <summary>What is there already is not told.</summary>
    public void Begin() => _before = Look();

    public void Told(WeekStep step, string answer)
    {
        var now = Look();
        _steps.Add(
            new ToldStep(
                step,
                Masked(answer),
                [
                    .. now.Where(p => _before.GetValueOrDefault(p.Key) is var old)
                        .Select(p =>
                            (p.Value.Name, Lines: News(_before.GetValueOrDefault(p.Key), p.Value))
                        )
                        .Where(p => p.Lines.Count > 0)
                        .OrderBy(p => p.Name.StartsWith("to ", StringComparison.Ordinal))
                        .ThenBy(p => p.Name, StringComparer.Ordinal)
                        .Select(p => $"**{p.Name}**\n\n{string.Join('\n', p.Lines)}"),
                ]
            )
        );
        _before = now;
    }

    private Dictionary<string, Place> Look() =>
        desk.Mattermost.Channels.ToDictionary(
            c => c.Id,
            c => new Place(
                Name(c),
                c.Header,
                c.Type == "D" ? [] : [.. desk.Mattermost.MembersOf(c.Id)],
                [
                    .. desk
                        .Mattermost.Posts(c.Id)
                        .Select(p => new Shown(p.Id, Heading(p), Lines(p), p.IsPinned)),
                ]
            )
        );

    private string Name(Channel channel) =>
        channel.Type == "D"
            ? "to @" + desk.Mattermost.MembersOf(channel.Id).First(m => m != desk.Bot.Username)
            : "~" + channel.Name;

    private static List<string> News(Place? before, Place now)
    {
        List<string> lines = [];
        if (before is null && now.Members.Count > 0)
        {
            lines.Add("- *new channel*");
        }

        var joined = now
            .Members.Except(before?.Members ?? [])
            .Order(StringComparer.Ordinal)
            .ToList();
        if (joined.Count > 0)
        {
            lines.Add($"- *members:* {string.Join(", ", joined.Select(m => "@" + m))}");
        }

        if (now.Header.Length > 0 && now.Header != before?.Header)
        {
            // Whoever opens a channel says what stands above it; each change is told by Mattermost.
            var told = before is null ? "" : ", and a line of Mattermost’s own about it";
            lines.Add($"- *header{told}:* {Masked(now.Header)}");
        }

        foreach (var post in now.Posts)
        {
            lines.AddRange(Told(before?.Posts.FirstOrDefault(p => p.Id == post.Id), post));
        }

        return lines;
    }

    private static IEnumerable<string> Told(Shown? old, Shown post)
    {
        if (old is null)
        {
            return
            [
                $"- {post.Heading}{(post.IsPinned ? " · *pinned*" : "")}",
                .. post.Lines.Select(Quoted),
            ];
        }

        if (old.Lines.SequenceEqual(post.Lines) && old.IsPinned == post.IsPinned)
        {
            return [];
        }

        return
        [
            $"- *changed:* the post of {post.Heading}{(post.IsPinned == old.IsPinned ? "" : " · *pinned*")}",
            .. old.Lines.Except(post.Lines).Where(l => l.Length > 0).Select(l => Quoted("− " + l)),
            .. post.Lines.Except(old.Lines).Where(l => l.Length > 0).Select(l => Quoted("+ " + l)),
        ];
    }

    private static string Quoted(string line) => line.Length == 0 ? "  >" : "  > " + line + "  ";

    private string Heading(Post post) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(post.CreateAt), zone):ddd HH:mm} @{desk.Mattermost.GetUser(post.UserId).Username}{(post.RootId.Length > 0 ? " · in the thread" : "")}"
        );

    private IReadOnlyList<string> Lines(Post post) =>
        [
            .. Masked(post.Message).Split('\n'),
            .. desk.Mattermost.FileNamesOf(post).Select(f => $"📎 {f}"),
            .. post.Attachments.SelectMany(Lines),
        ];

    private static IEnumerable<string> Lines(Attachment card)
    {
        foreach (var text in (string[])[card.Pretext, card.Title, card.Text])
        {
            foreach (var line in text.Length == 0 ? [] : Masked(text).Split('\n'))
            {
                yield return line;
            }
        }

        foreach (var field in card.Fields ?? [])
        {
            yield return $"{field.Title}: {Masked(field.Value?.ToString() ?? "").Replace("\n", " / ", StringComparison.Ordinal)}";
        }

        if (card.Footer.Length > 0)
        {
            yield return Masked(card.Footer);
        }

        if (card.Actions is { Count: > 0 } actions)
        {
            yield return string.Join(' ', actions.Select(Control));
        }
    }

    private static string Control(PostAction action) =>
        action switch
        {
            { Disabled: true } => $"[~~{action.Name}~~]",
            { Options: { Count: > 0 } options } => $"[{action.Name} ▾ {options.Count}]",
            { Type: "select" } => $"[{action.Name} ▾]",
            _ => $"[{action.Name}]",
        };

    /// <summary>Without what is another one each time.</summary>
    private static string Masked(string text) =>
        Id().Replace(Address().Replace(text, "https://chat.example"), "…");

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b[a-z0-9]{26}\b", RegexOptions.None, 1000)]
    private static partial Regex Id();

    private sealed record Place(
        string Name,
        string Header,
        IReadOnlyList<string> Members,
        IReadOnlyList<Shown> Posts
    );

    private sealed record Shown(
        string Id,
        string Heading,
        IReadOnlyList<string> Lines,
        bool IsPinned
    );
}
