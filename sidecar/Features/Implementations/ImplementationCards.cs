using Sidecar.Chat;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

/// <summary>A request as people see it: on its card, and as text.</summary>
internal static class ImplementationCards
{
    public const string StateField = "State";

    public static Markdown Headline(Implementation it) =>
        Markdown.Of(
            $"{Sign(it)} **{it.Id}** {it.CustomerName} · {it.Type.Label()} · requested by {it.RequestedBy}"
        );

    /// <summary>The card, with the buttons that are wanted where it stands.</summary>
    public static Card Card(
        Implementation it,
        bool isAtRisk,
        IReadOnlyList<CardControl> controls,
        ImplementationStep? about = null
    ) =>
        new(Markdown.Of($"{it.Id} · {it.CustomerName}"), ToneOf(it, isAtRisk))
        {
            Text = IsAboutAll(about) ? Markdown.Typed(it.Information) : Markdown.None,
            Fields = [.. IsAboutAll(about) ? Fields(it, isAtRisk) : About(it, isAtRisk, about!)],
            Controls = controls,
            Footer = Markdown.Of($"{it.Id} · what led here: /escalate timeline {it.Id}"),
        };

    /// <summary>Whoever scores or decides needs all of it.</summary>
    private static bool IsAboutAll(ImplementationStep? about) =>
        about is null
        || about == ImplementationSteps.Score
        || about == ImplementationSteps.Decide
        || about == ImplementationSteps.Word;

    /// <summary>What a question is about.</summary>
    private static IEnumerable<CardField> About(
        Implementation it,
        bool isAtRisk,
        ImplementationStep about
    )
    {
        yield return new(StateField, State(it));
        yield return new("IE · TA", Markdown.Of($"{Person(it.Engineer)} · {Person(it.Advisor)}"));
        if (about == ImplementationSteps.Documents || about == ImplementationSteps.Start)
        {
            yield return new("Hand-off needs", Documents(it), Wide: true);
        }
        else if (about == ImplementationSteps.Requirement)
        {
            yield return new("Requirements", RequirementsOf(it, isAtRisk), Wide: true);
        }
        else if (about == ImplementationSteps.Dates && Dates(it) is { IsEmpty: false } dates)
        {
            yield return new("Dates", dates, Wide: true);
        }
        else if (about == ImplementationSteps.Withdraw && it.IsInTriage)
        {
            yield return new("IE-led?", Advice(it), Wide: true);
        }
    }

    /// <summary>For whoever requested it: what its facts say about their request.</summary>
    private static Markdown Advice(Implementation it)
    {
        Markdown[] holds =
        [
            .. it
                .Signs.Where(s => s.Holds == true)
                .Select(s => Markdown.Of($"{s.Kind.Label()} ({s.Why})")),
        ];
        return holds.Length == 0 && it.Signs.Any(s => s.Holds is null)
                ? Markdown.Of(
                    $"Too little is known to say: {Markdown.Code($"/{SlashCommand.Trigger} implementation edit {it.Id}")} adds what is."
                )
            : holds.Length == 0
                ? Markdown.Of(
                    $"None of the usual signs applies; if it is about questions only, ask in the team’s channel."
                )
            : Markdown.Of($"What points to it: {Markdown.Listed(holds, "and")}.");
    }

    /// <summary>What comes next, for everybody who reads the card.</summary>
    public static IReadOnlyList<CardControl> Controls(Implementation it) =>
        it.State switch
        {
            ImplementationState.Requested =>
            [
                ImplementationSteps.Score.On(it, ControlStyle.Primary),
                ImplementationSteps.Decide.On(it),
                ImplementationSteps.Edit.On(it),
            ],
            ImplementationState.WithLeadership =>
            [
                ImplementationSteps.Word.On(it, ControlStyle.Primary),
                ImplementationSteps.Decide.On(it),
            ],
            ImplementationState.Qualified =>
            [
                it.HasDocuments
                    ? ImplementationSteps.Start.On(it, ControlStyle.Primary)
                    : ImplementationSteps.Documents.On(it, ControlStyle.Primary),
                ImplementationSteps.Requirement.On(it),
                ImplementationSteps.Dates.On(it),
                ImplementationSteps.People.On(it),
            ],
            ImplementationState.Started =>
            [
                ImplementationSteps.Requirement.On(it),
                ImplementationSteps.Dates.On(it),
                ImplementationSteps.People.On(it),
                ImplementationSteps.Complete.On(it, ControlStyle.Good),
            ],
            _ => [],
        };

    /// <summary>Everything about it, for one reader.</summary>
    public static Markdown Describe(Implementation it, bool isAtRisk, ActingPerson reader) =>
        Markdown.Lines([
            Markdown.Of($"#### {Headline(it)}"),
            Markdown.Typed(it.Information),
            .. Fields(it, isAtRisk)
                .Select(f => Markdown.Of($"- **{f.Name}:** {f.Value.OnOneLine()}")),
            it.DealtWith.Any() ? Markdown.Of($"- **Dealt with:**") : Markdown.None,
            .. it.DealtWith.Select(Line),
            Next(it, reader),
        ]);

    /// <summary>What this reader can type next.</summary>
    private static Markdown Next(Implementation it, ActingPerson reader)
    {
        Markdown[] steps =
        [
            .. InOrder(it)
                .Where(step => it.WhyNot(step, reader) is null)
                .Select(step =>
                    Markdown.Code($"/{SlashCommand.Trigger} implementation {step.Word} {it.Id}")
                ),
        ];
        return steps.Length == 0
            ? Markdown.None
            : Markdown.Of($"What you can do: {Markdown.Listed(steps, "or")}");
    }

    /// <summary>All steps that its state allows, first what usually comes next.</summary>
    public static IEnumerable<ImplementationStep> InOrder(Implementation it)
    {
        var first = Controls(it).Select(c => c.Action).ToList();
        return ImplementationSteps
            .All.Where(step => step.In.Contains(it.State))
            .OrderBy(step => first.IndexOf(step.Name) is var at and >= 0 ? at : first.Count);
    }

    private static Markdown Line(Requirement requirement) =>
        Markdown.Of(
            $"  - {(requirement.State == RequirementState.Collected ? Markdown.Of($"✅") : Markdown.Of($"⏩"))} {requirement.Kind.Label()}, {requirement.By}{(requirement.Note.Length > 0 ? Markdown.Of($": {requirement.Note}") : Markdown.None)}"
        );

    public static IEnumerable<CardField> Fields(Implementation it, bool isAtRisk)
    {
        yield return new("State", State(it));
        yield return new("Type", Markdown.Typed(it.Type.Label()));
        yield return new("Deployment", Known(it.Method));
        yield return new("Hosting", Known(it.Provider));
        yield return new(
            "CE · AE",
            Markdown.Of($"{Person(it.CustomerEngineer)} · {Person(it.AccountExecutive)}")
        );
        yield return new("IE · TA", Markdown.Of($"{Person(it.Engineer)} · {Person(it.Advisor)}"));
        if (it.IsInTriage || it.State == ImplementationState.Disqualified)
        {
            yield return new("IE-led?", Signs(it), Wide: true);
        }

        if (it.Opportunity.Length + it.Design.Length > 0)
        {
            yield return new(
                "Links",
                Markdown.Lines([Markdown.Typed(it.Opportunity), Markdown.Typed(it.Design)]),
                Wide: true
            );
        }

        foreach (var field in OfTriage(it).Concat(OfDelivery(it, isAtRisk)))
        {
            yield return field;
        }
    }

    private static IEnumerable<CardField> OfTriage(Implementation it)
    {
        if (it.Score is { } score)
        {
            yield return new("Score", Score(it, score));
        }

        if (it.Told is { } place)
        {
            yield return new(
                "Priority",
                Markdown.Of($"number {place.Number} of those to be started")
            );
        }

        if (it.StateReason.Length > 0)
        {
            yield return new(
                it.State switch
                {
                    ImplementationState.WithLeadership => "Asked of leadership",
                    ImplementationState.Qualified or ImplementationState.Started => "Decision",
                    _ => "Why",
                },
                Markdown.Typed(it.StateReason),
                Wide: true
            );
        }

        if (!it.Words.IsEmpty)
        {
            yield return new(
                "Leadership",
                Markdown.Lines([
                    .. it.Words.Select(w =>
                        Markdown.Of(
                            $"{w.By} is {(w.IsFor ? "for" : "against")} it{(w.Text.Length > 0 ? Markdown.Of($": {w.Text}") : Markdown.None)}"
                        )
                    ),
                ]),
                Wide: true
            );
        }
    }

    private static IEnumerable<CardField> OfDelivery(Implementation it, bool isAtRisk)
    {
        if (
            it.State
                is not (
                    ImplementationState.Qualified
                    or ImplementationState.Started
                    or ImplementationState.Completed
                )
            && !it.HasDocuments
        )
        {
            yield break;
        }

        yield return new("Hand-off needs", Documents(it), Wide: true);
        if (Dates(it) is { IsEmpty: false } dates)
        {
            yield return new("Dates", dates, Wide: true);
        }

        if (ImplementationSteps.Requirement.In.Contains(it.State) || it.DealtWith.Any())
        {
            yield return new("Requirements", RequirementsOf(it, isAtRisk), Wide: true);
        }

        if (it.Channel is { } channel)
        {
            yield return new("Channel", Markdown.Of($"{channel}"));
        }

        if (it.CompletedOn is { } on)
        {
            yield return new(
                "Completed",
                Markdown.Of(
                    $"{ExpectedDates.Shown(on)}. For TA and Support: {it.Documentation.Replace("\n", ", ", StringComparison.Ordinal)}"
                ),
                Wide: true
            );
        }
    }

    public static Markdown State(Implementation it) =>
        it.State == ImplementationState.Started && it.IsHandedOut
            ? Markdown.Of($"under way, the TA plans the onboarding")
            : Markdown.Typed(it.State.Label());

    public static Markdown RequirementsOf(Implementation it, bool isAtRisk)
    {
        var open = it.OpenRequirements;
        var done = Markdown.Of(
            $"{Requirements.All.Length - open.Length} of {Requirements.All.Length}"
        );
        return open.IsEmpty ? Markdown.Of($"{done}, complete")
            : isAtRisk
                ? Markdown.Of(
                    $"⚠️ {done}, **at risk**: the contract is to be signed on {ExpectedDates.Shown(it.Dates.Contract!.Value)}. Open: {string.Join(", ", open.Select(k => k.Label()))}"
                )
            : open.Length == Requirements.All.Length ? done
            : Markdown.Of($"{done}. Open: {string.Join(", ", open.Select(k => k.Label()))}");
    }

    private static Markdown Signs(Implementation it) =>
        Markdown.Lines([
            .. it.Signs.Select(s =>
                Markdown.Of($"{Mark(s.Holds)} {s.Kind.Label()}: {Holds(s.Holds)}, {s.Why}")
            ),
            it.Signs.Any(s => s.Holds == true) ? Markdown.None
            : it.Signs.Any(s => s.Holds is null) ? Markdown.Of($"Too little is known to say.")
            : Markdown.Of(
                $"None of the signs applies: an answer to their questions may be enough."
            ),
        ]);

    private static Markdown Mark(bool? holds) =>
        holds switch
        {
            true => Markdown.Of($"✅"),
            false => Markdown.Of($"➖"),
            _ => Markdown.Of($"❔"),
        };

    private static string Holds(bool? holds) =>
        holds switch
        {
            true => "yes",
            false => "no",
            _ => "not known yet",
        };

    private static Markdown Score(Implementation it, decimal score)
    {
        var spread = Triage.Criteria.Max(c => it.Scores.Spread(c.Of));
        var scorers = it.Scores.Length;
        return Markdown.Of(
            $"{Triage.Shown(score)} from {scorers} {(scorers == 1 ? "person" : "people")}{(spread > 1 ? Markdown.Of($", up to {spread} apart") : Markdown.None)}"
        );
    }

    private static Markdown Documents(Implementation it) =>
        Markdown.Lines([
            it.DesignDocument.Length > 0
                ? Markdown.Of($"✅ technical design document: {it.DesignDocument}")
                : Markdown.Of($"⬜ technical design document"),
            it.Questionnaire.Length > 0
                ? Markdown.Of($"✅ completed discovery questionnaire: {it.Questionnaire}")
            : it.QuestionnaireBegun.Length > 0
                ? Markdown.Of(
                    $"⬜ discovery questionnaire, not complete yet: {it.QuestionnaireBegun}"
                )
            : Markdown.Of($"⬜ completed discovery questionnaire"),
        ]);

    private static Markdown Dates(Implementation it) =>
        Markdown.Lines([
            .. PlannedDates
                .All.Select(d => (d.Label, On: d.Of(it.Dates)))
                .Where(d => d.On is not null)
                .OrderBy(d => d.On)
                .Select(d => Markdown.Of($"{d.Label}: {ExpectedDates.Shown(d.On!.Value)}")),
            Together(it),
        ]);

    /// <summary>The kick-off preferably falls together with the TA's partnership kick-off (IMP-4).</summary>
    private static Markdown Together(Implementation it) =>
        it.State != ImplementationState.Started
            ? Markdown.None
            : (it.Dates.KickOff, it.Dates.PartnershipKickOff) switch
            {
                ({ } one, { } other) when one == other => Markdown.Of(
                    $"✅ Kick-off and partnership kick-off are on the same day."
                ),
                ({ } one, { } other) => Markdown.Of(
                    $"💡 Kick-off and partnership kick-off are {Days(Math.Abs(one.DayNumber - other.DayNumber))} apart; ideally they are one meeting."
                ),
                (null, null) => Markdown.None,
                _ => Markdown.Of(
                    $"💡 Ideally the kick-off is also the TA’s partnership kick-off; so far only one of them has a date."
                ),
            };

    private static Markdown Days(int days) =>
        days == 1 ? Markdown.Of($"a day") : Markdown.Of($"{days} days");

    private static Markdown Known(string text) =>
        text.Length > 0 ? Markdown.Typed(text) : Markdown.Of($"not known");

    public static Markdown Person(UserId? person) =>
        person is { } who ? Markdown.Of($"{who}") : Markdown.Of($"nobody yet");

    private static Markdown Sign(Implementation it) =>
        it.State switch
        {
            ImplementationState.Requested => Markdown.Of($":inbox_tray:"),
            ImplementationState.WithLeadership => Markdown.Of($":hourglass_flowing_sand:"),
            ImplementationState.Qualified => Markdown.Of($":ballot_box_with_check:"),
            ImplementationState.Started => Markdown.Of($":building_construction:"),
            ImplementationState.Completed => Markdown.Of($":white_check_mark:"),
            _ => Markdown.Of($":no_entry_sign:"),
        };

    private static Tone ToneOf(Implementation it, bool isAtRisk) =>
        isAtRisk ? Tone.Warning
        : it.IsInTriage ? Tone.Notice
        : it.State == ImplementationState.Completed ? Tone.Success
        : Tone.Neutral;
}
