using Sidecar.Chat;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

/// <summary>Ticks off, skips or reopens one of the eight (IMP-5).</summary>
internal sealed class RequirementStep(ImplementationStore book)
    : StepOf<RequirementStep>(book),
        IStep
{
    public const string Which = "requirement";
    public const string AllOpen = "open";
    public const string How = "state";
    public const string Note = "note";

    public static ImplementationStep Step => ImplementationSteps.Requirement;

    public static bool IsOnCard => false;

    protected override ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    ) =>
        ValueTask.FromResult(
            new DialogForm(
                $"Requirement of {it.Id}",
                [
                    new DialogField(Which, "Requirement", FieldKind.Choice)
                    {
                        Options =
                        [
                            .. it.OpenRequirements.Length > 1
                                ? (ControlOption[])
                                    [
                                        new(
                                            $"All {it.OpenRequirements.Length} that are open",
                                            AllOpen
                                        ),
                                    ]
                                : [],
                            .. Requirements
                                .All.OrderBy(k => it.StateOf(k) != RequirementState.Open)
                                .Select(k => new ControlOption(Option(it, k), k.ToString())),
                        ],
                    },
                    new DialogField(How, "It is", FieldKind.Choice)
                    {
                        Options =
                        [
                            new("Collected", nameof(RequirementState.Collected)),
                            new("Skipped", nameof(RequirementState.Skipped)),
                            new("Open again", nameof(RequirementState.Open)),
                        ],
                    },
                    new DialogField(Note, "Link or reason", FieldKind.LongText)
                    {
                        Optional = true,
                        NoneIsAnswer = true,
                        MaxLength = Implementation.MaxTextLength,
                        Help =
                            $"Where it is written down; skipping needs a reason. Left empty, or with {KeepWord.Text}, it stays; none removes it.",
                    },
                ]
            )
            {
                Introduction = Markdown.Lines([
                    .. Requirements.All.Select(k =>
                        Markdown.Of(
                            $"- {Option(it, k)}{(it.Of(k)?.Note is { Length: > 0 } note ? Markdown.Of($": {note}") : Markdown.None)}"
                        )
                    ),
                ]),
                Premise = Markdown.Of(
                    $"Open by now: {string.Join(", ", it.OpenRequirements.Select(k => k.Label()))}."
                ),
                SubmitLabel = "Save",
            }
        );

    protected override ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var areAll = form[Which] == AllOpen;
        var kind = Choices.Read(form[Which], Requirements.All);
        var state = Choices.Read(form[How], Enum.GetValues<RequirementState>());
        if (kind is null && !areAll)
        {
            problems[Which] = "Choose one of the eight, or all that are open.";
        }

        if (state is null)
        {
            problems[How] = "Choose one of the three.";
        }

        var note = form.Text(Note, problems);
        if (
            state == RequirementState.Skipped
            && (
                NoneWord.Is(note)
                || (KeepWord.IsIn(note) && (kind is null || it.StateOf(kind.Value) != state))
            )
        )
        {
            problems[Note] = "Say in a few words why it is skipped.";
        }

        return ValueTask.FromResult<StepAnswer?>(
            state is { } how && (areAll || kind is not null)
                ? new(
                    (now, by, at) =>
                        now.SetRequirements(
                            by,
                            areAll ? now.OpenRequirements : [kind!.Value],
                            how,
                            NoneWord.Is(note) ? ""
                                : KeepWord.IsIn(note) ? null
                                : note,
                            at
                        )
                )
                : null
        );
    }

    protected override IReadOnlyDictionary<string, string> Remembered(Implementation it) =>
        it.Checklist.ToDictionary(
            r => r.Kind.ToString(),
            r => Mark(r.State, r.Note),
            StringComparer.Ordinal
        );

    /// <summary>
    /// What others made since it was shown of the chosen one, or of which ones are open (M1); nothing of the others is
    /// asked.
    /// </summary>
    protected override DialogForm Upon(
        DialogForm now,
        Submission<ImplementationRef> form,
        Implementation it
    )
    {
        if (form[Which] != AllOpen)
        {
            now = now with { Premise = Markdown.None };
        }

        if (
            form.State.Seen is not { } seen
            || Choices.Read(form[Which], Requirements.All) is not { } kind
        )
        {
            return now;
        }

        var (state, note) = (it.StateOf(kind), it.Of(kind)?.Note ?? "");
        var shown = seen.GetValueOrDefault(kind.ToString(), Mark(RequirementState.Open, ""))
            .Split(' ');
        var known = Mark(state, note).Split(' ');
        return now with
        {
            Fields =
            [
                .. now.Fields.Select(field =>
                    field.Name == How && shown[0] != known[0]
                        ? field with
                        {
                            Default = state.ToString(),
                        }
                    : field.Name == Note && shown[^1] != known[^1] && !KeepWord.IsIn(form[Note])
                        ? field with
                        {
                            Default = note,
                        }
                    : field
                ),
            ],
        };
    }

    /// <summary>State and note as the form remembers them; the sealed state has no room for eight notes.</summary>
    private static string Mark(RequirementState state, string note) =>
        $"{state} {AskedField.Digest(note)[^16..]}";

    private static string Option(Implementation it, RequirementKind kind) =>
        it.StateOf(kind) switch
        {
            RequirementState.Collected => $"✓ {kind.Label()}",
            RequirementState.Skipped => $"» {kind.Label()} (skipped)",
            _ => $"☐ {kind.Label()}",
        };
}
