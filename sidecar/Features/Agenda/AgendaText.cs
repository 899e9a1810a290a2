using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Agenda;

/// <summary>The agenda as people read it, with what changed since the week before.</summary>
internal static class AgendaText
{
    /// <summary>More nobody talks about in one meeting.</summary>
    private const int MostItems = 15;

    /// <summary>Later than this after it began an agenda does not show how things stood then.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    public static Markdown Of(AgendaMeeting meeting) =>
        Markdown.Lines([
            .. meeting.Instead is { } instead
                ? [Markdown.Of($"{Markdown.Typed(NotHeld(meeting, instead))}")]
                : new[]
                {
                    Markdown.Of($"#### Weekly meeting, {When(meeting)}"),
                    Body(meeting.Sections, meeting.Before, meeting.IsFirst),
                },
            Notes(meeting, isDecision: true),
            Notes(meeting, isDecision: false),
        ]);

    /// <summary>The sections alone.</summary>
    public static Markdown Body(
        ImmutableArray<ShownSection> sections,
        ImmutableArray<ShownSection> before,
        bool isFirst
    ) =>
        Markdown.Lines(
            sections
                .OrderBy(s => s.Order)
                .SelectMany(section =>
                    Section(
                        section,
                        isFirst
                            ? null
                            : before.FirstOrDefault(b => b.Order == section.Order)?.Items ?? []
                    )
                )
        );

    /// <summary><c>Tue 3 Mar 14:00 Europe/Berlin</c>.</summary>
    public static string When(AgendaMeeting meeting) => When(meeting.BeginsAt, meeting.At);

    public static string When(DateTimeOffset at, TimeZoneInfo zone) => Times.Due(at, zone);

    /// <summary>That a meeting is not held when it was planned, and what is instead.</summary>
    public static string NotHeld(AgendaMeeting meeting, string instead) =>
        $"The weekly meeting of {When(meeting)} is not held at that time. {instead}";

    public static Card Card(AgendaMeeting meeting, DateTimeOffset now) =>
        new(
            Markdown.Of($"{Title(meeting)}"),
            meeting.IsClosed || meeting.IsCalledOff ? Tone.Neutral : Tone.Notice
        )
        {
            Controls =
                meeting.IsClosed || meeting.IsCalledOff
                    ? []
                    :
                    [
                        TakeNote.Key.Button("Note", new AgendaRef(meeting.Id, IsDecision: false)),
                        TakeNote.Key.Button(
                            "Decision",
                            new AgendaRef(meeting.Id, IsDecision: true)
                        ),
                    ],
            Footer = Markdown.Of($"as of {Times.At(now, meeting.At)}"),
        };

    private static string Title(AgendaMeeting meeting) =>
        meeting switch
        {
            { IsCalledOff: true } => "Plan changed",
            { IsClosed: true } => "Closed",
            { FrozenAt: null } => "Kept current until the meeting begins",
            { FrozenAt: { } at } when at - meeting.BeginsAt > Soon =>
                $"As it stood {Times.Due(at, meeting.At)}: I was not running when the meeting began",
            _ => "As it stood when the meeting began",
        };

    private static IEnumerable<Markdown> Section(
        ShownSection section,
        ImmutableArray<ShownItem>? before
    )
    {
        yield return Markdown.Of($"\n##### {section.Title}");
        if (section.Items.IsEmpty)
        {
            yield return Markdown.Of($"Nothing.");
        }

        foreach (var item in section.Items.Take(MostItems))
        {
            var was = before?.FirstOrDefault(b => b.About == item.About);
            yield return before is null ? Markdown.Of($"- {item.Text}")
            : was is null ? Markdown.Of($"- :new: {item.Text}")
            : was.Standing != item.Standing
                ? Markdown.Of($"- {item.Text} *(last week: {was.Standing})*")
            : Markdown.Of($"- {item.Text}");
        }

        if (section.Items.Length > MostItems)
        {
            yield return Markdown.Of($"- … and {section.Items.Length - MostItems} more");
        }

        Markdown[] gone =
        [
            .. (before ?? [])
                .Where(b => section.Items.All(i => i.About != b.About))
                .Select(b => Markdown.Typed(b.Name))
                .Take(MostItems),
        ];
        if (gone.Length > 0)
        {
            yield return Markdown.Of(
                $"\nHere last week, but not any more: {Markdown.Listed(gone, "and")}."
            );
        }
    }

    private static Markdown Notes(AgendaMeeting meeting, bool isDecision)
    {
        var notes = meeting.Notes.Where(n => n.Note.IsDecision == isDecision).ToList();
        return notes.Count == 0
            ? Markdown.None
            : Markdown.Lines([
                Markdown.Of($"\n##### {(isDecision ? "Decisions" : "Notes")}"),
                .. notes.Select(n =>
                    n.Name.Length == 0
                        ? Markdown.Of($"- {n.Note.Text.ReplaceLineEndings(" ")} ({n.Note.By})")
                        : Markdown.Of(
                            $"- **{n.Name}**: {n.Note.Text.ReplaceLineEndings(" ")} ({n.Note.By})"
                        )
                ),
            ]);
    }
}
