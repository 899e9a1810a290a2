using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Playbooks;

/// <summary><c>/escalate playbook show sev1</c>: its stages and tasks, who replies to the customer, what is due when.</summary>
internal sealed class ShowPlaybook(PlaybookShelf shelf, KeptPlaybooks kept) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Key = Arguments.Name(
        "playbook",
        "Which playbook? Write its key, as in `sev1`; `/escalate playbook list` shows all."
    ) with
    {
        Completes = CompletePlaybooks.Source,
    };

    private const int ShownOfDetails = 300;

    public static Permission Permission => PlaybookRights.Read;

    public static CommandSpec Spec { get; } =
        new("playbook show", "Show a playbook with its tasks", Key)
        {
            Examples = ["playbook show sev1"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        await kept.Refresh(cancel);
        var key = call.Get(Key)!.Value;
        return shelf.Called(key) is { } playbook
            ? Reply.Say(Describe(playbook))
            : Reply.No(new NoSuchPlaybook(key, shelf));
    }

    private static Markdown Describe(Playbook playbook) =>
        Markdown.Lines([
            Markdown.Of(
                $"#### {playbook.Name} · {Markdown.Code(playbook.Key)}\nStarts by itself: {PlaybookWords.Starts(playbook)}. :speech_balloon: is a reply to the customer."
            ),
            Markdown.Typed(playbook.Description),
            PlaybookWords.Settled(playbook),
            .. playbook.Stages.SelectMany(Stage),
        ]);

    private static IEnumerable<Markdown> Stage(PlaybookStage stage, int index)
    {
        yield return Markdown.Of($"\n**{index + 1} {stage.Title}**");
        foreach (var (place, task) in stage.Tasks.Index())
        {
            yield return Markdown.Of(
                $"- {index + 1}.{place + 1} {Mark(task)}{task.Title}{Due(task)}{By(task)}{Typed(task)}"
            );
            if (task.Details.Length > 0)
            {
                yield return Markdown.Of(
                    $"   {Markdown.Typed(MarkdownEscaper.Shorten(task.Details, ShownOfDetails)).OnOneLine()}"
                );
            }
        }
    }

    private static Markdown Mark(PlaybookTask task) =>
        task.RepliesToCustomer ? Markdown.Of($":speech_balloon: ") : Markdown.None;

    private static Markdown Due(PlaybookTask task) =>
        task.DueAfterResolution is { } wait
            ? Markdown.Of(
                $" · :alarm_clock: due {Markdown.Typed(wait.ToString())} after the resolution"
            )
        : task.DueAfterStart is { } start
            ? Markdown.Of(
                $" · :alarm_clock: due {Markdown.Typed(start.ToString())} after its start"
            )
        : Markdown.None;

    private static Markdown Typed(PlaybookTask task) =>
        task.Command.Length > 0
            ? Markdown.Of($" · somebody types {Markdown.Code(task.Command)}")
            : Markdown.None;

    private static Markdown By(PlaybookTask task) =>
        task.DoneWhen is { } trigger
            ? Markdown.Of($" · checks itself: {PlaybookWords.When(trigger)}")
            : Markdown.None;
}

/// <summary>No playbook has that key; with the one that was probably meant.</summary>
internal sealed record NoSuchPlaybook(string Key, PlaybookShelf Shelf)
    : Refusal(
        Markdown.Of(
            $"There is no playbook “{Key}”. {(Spelling.Near(Key, Shelf.All.Keys) is { } near ? Markdown.Of($"Did you mean {Markdown.Code(near)}? ") : Markdown.None)}There {(Shelf.All.Count == 1 ? "is" : "are")} {Markdown.Listed([.. Shelf.All.Keys.Select(Markdown.Code)], "and")}; {PlaybookWords.Command("playbook list")} says more."
        )
    );
