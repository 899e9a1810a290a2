using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

/// <summary>Scores a request by the five criteria, each of the team for themselves (IMP-3).</summary>
internal sealed class ScoreStep(
    ImplementationStore book,
    ImplementationQueries queries,
    ImplementationSettings settings
) : StepOf<ScoreStep>(book), IStep
{
    public const string Note = "note";

    public static ImplementationStep Step => ImplementationSteps.Score;

    public static bool IsOnCard => false;

    protected override async ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    )
    {
        var mine = it.Scores.FirstOrDefault(s => s.By == from.User);
        var room = await queries.Bandwidth(cancel);
        return new DialogForm(
            $"Score {it.Id}",
            [
                .. Triage.Criteria.Select(c => new DialogField(c.Code, c.Label, FieldKind.Choice)
                {
                    Help = c.Of == Criterion.Bandwidth ? $"{c.Asks} Now: {room.Reason}." : c.Asks,
                    Default = (
                        mine?[c.Of] ?? (c.Of == Criterion.Bandwidth ? room.Points : null)
                    )?.ToString(CultureInfo.InvariantCulture),
                    Options =
                    [
                        .. Enumerable
                            .Range(TriageScore.Lowest, TriageScore.Highest)
                            .Select(p => p.ToString(CultureInfo.InvariantCulture))
                            .Select(p => new ControlOption(p, p)),
                    ],
                }),
                new DialogField(Note, "Note", FieldKind.LongText)
                {
                    Optional = true,
                    Default = mine?.Note,
                    MaxLength = Implementation.MaxTextLength,
                    Help = "For the team and the leads.",
                },
            ]
        )
        {
            Premise = ImplementationWords.Kind(it),
            SubmitLabel = "Score",
        };
    }

    protected override ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        var points = new List<int>();
        foreach (var criterion in Triage.Criteria)
        {
            if (
                int.TryParse(
                    form[criterion.Code],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var given
                ) && given is >= TriageScore.Lowest and <= TriageScore.Highest
            )
            {
                points.Add(given);
            }
            else
            {
                problems[criterion.Code] = "Choose 1 to 5.";
            }
        }

        var note = form.Text(Note, problems);
        return ValueTask.FromResult<StepAnswer?>(
            new((current, by, now) => current.GiveScore(by, [.. points], note, settings, now))
        );
    }
}

/// <summary>The IE lead qualifies, disqualifies, or asks leadership first, with all scores in view (IMP-3).</summary>
internal sealed class DecideStep(
    ImplementationStore book,
    ImplementationQueries queries,
    RoleStore roles
) : StepOf<DecideStep>(book), IStep
{
    public const string Outcome = "decision";
    public const string Why = "why";
    public const string Engineer = "ie";
    public const string Qualify = "qualify";
    public const string Disqualify = "disqualify";
    public const string AskFirst = "ask-leadership";

    public static ImplementationStep Step => ImplementationSteps.Decide;

    protected override ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    ) =>
        ValueTask.FromResult(
            new DialogForm(
                $"Decide about {it.Id}",
                [
                    new DialogField(Outcome, "Decision", FieldKind.Choice)
                    {
                        Default = Of(it),
                        Options =
                        [
                            new ControlOption("Qualified: we lead it", Qualify),
                            new ControlOption("Disqualified", Disqualify),
                            new ControlOption(
                                "Ask sales and technical success leadership first",
                                AskFirst
                            ),
                        ],
                    },
                    new DialogField(Why, "Reason or question", FieldKind.LongText)
                    {
                        Optional = true,
                        Default = it.StateReason,
                        MaxLength = Implementation.MaxTextLength,
                        Help =
                            "CE and AE read it. Needed for a disqualification and for a question.",
                    },
                    new DialogField(Engineer, "IE", FieldKind.Person)
                    {
                        Offers = OfferSource.PeopleWith([.. ImplementationSteps.Team]),
                        Optional = true,
                        Default = it.Engineer?.Value,
                        Help = "The implementation engineer who leads it; can be named later.",
                    },
                ]
            )
            {
                Introduction = ImplementationScores.SideBySide(it),
                Premise = ImplementationWords.Standing(it),
                SubmitLabel = "Decide",
            }
        );

    protected override async ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        // What stands there was the reason of another decision.
        var isOld = form.Changed(Outcome) && !form.Changed(Why);
        var why = form.Text(
            Why,
            problems,
            isOld: isOld,
            unless: form[Outcome] switch
            {
                Disqualify => "Say in a few words why; CE and AE read it.",
                AskFirst => "What do you ask them?",
                _ => null,
            }
        );
        switch (form[Outcome])
        {
            case Qualify:
                await PeopleStep.Check(form, Engineer, it, roles, problems, cancel);
                // Scored meanwhile, it may get another place; then it is told that by itself.
                var place = await queries.PlaceOf(it, cancel);
                return new((now, by, at) => now.Qualify(by, why, form.Person(Engineer), place, at));
            case Disqualify:
                return new((now, by, at) => now.Disqualify(by, why, at));
            case AskFirst:
                var team = await queries.Team(cancel);
                return new((now, by, _) => now.AskLeadership(by, why, team));
            default:
                problems[Outcome] = "Choose one of the three.";
                return null;
        }
    }

    /// <summary>A reason is that of the decision beside it.</summary>
    protected override DialogForm Upon(
        DialogForm now,
        Submission<ImplementationRef> form,
        Implementation it
    ) => now.Together(form, Outcome, Why);

    /// <summary>The decision that stands; null for none.</summary>
    public static string? Of(Implementation it) =>
        it.State switch
        {
            ImplementationState.Qualified => Qualify,
            ImplementationState.Disqualified => Disqualify,
            ImplementationState.WithLeadership => AskFirst,
            _ => null,
        };
}

/// <summary>A leader's word on a request; the decision stays the IE lead's (IMP-3).</summary>
internal sealed class WordStep(ImplementationStore book, ImplementationQueries queries)
    : StepOf<WordStep>(book),
        IStep
{
    public const string IsFor = "word";
    public const string Text = "text";

    public static ImplementationStep Step => ImplementationSteps.Word;

    protected override ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    )
    {
        var mine = it.Words.FirstOrDefault(w => w.By == from.User);
        return ValueTask.FromResult(
            new DialogForm(
                $"Your opinion on {it.Id}",
                [
                    new DialogField(IsFor, "Should we lead it?", FieldKind.Choice)
                    {
                        Default =
                            mine is null ? null
                            : mine.IsFor ? "for"
                            : "against",
                        Options = [new("For it", "for"), new("Against it", "against")],
                    },
                    new DialogField(Text, "Because", FieldKind.LongText)
                    {
                        Optional = true,
                        Default = mine?.Text,
                        MaxLength = Implementation.MaxTextLength,
                    },
                ]
            )
            {
                Introduction = Markdown.Typed(it.StateReason),
                // What the lead asked is what is answered.
                Premise = Markdown.Of(
                    $"{ImplementationWords.Kind(it)} What is asked: “{MarkdownEscaper.Shorten(it.StateReason, 300)}”"
                ),
                SubmitLabel = "Answer",
            }
        );
    }

    protected override async ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        if (form[IsFor] is not ("for" or "against"))
        {
            problems[IsFor] = "Choose one of the two.";
        }

        var text = form.Text(Text, problems);
        var team = await queries.Team(cancel);
        return new((now, by, at) => now.GiveWord(by, form[IsFor] == "for", text, team, at));
    }
}

/// <summary>What was asked for is corrected (IMP-1).</summary>
internal sealed class EditStep(
    ImplementationStore book,
    ImplementationQueries queries,
    Customers.Finding.CustomerStore customers,
    ImplementationSettings settings
) : StepOf<EditStep>(book), IStep
{
    public static ImplementationStep Step => ImplementationSteps.Edit;

    protected override ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    ) =>
        ValueTask.FromResult(
            new DialogForm(
                $"Correct {it.Id}",
                [
                    .. DetailFields.Asked(
                        it.Type,
                        it.Method,
                        it.Provider,
                        it.Opportunity,
                        it.Design,
                        it.Information
                    ),
                ]
            )
            {
                SubmitLabel = "Save",
            }
        );

    protected override async ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        if (DetailFields.Read(form, problems) is not { } details)
        {
            return null;
        }

        var customer = (await customers.Read(it.Customer, cancel))?.Value;
        if (details.Type == it.Type)
        {
            return new((now, by, _) => now.Correct(by, details, customer, settings));
        }

        // Another type: then it must not be the second one of that type (read again each time before it is decided).
        Versioned<LatestRequest>? latest = null;
        Implementation? open = null;
        return new(
            (now, by, _) =>
                open is { } other && other.Id != now.Id
                    ? new RequestedAlready(other)
                    : now.Correct(by, details, customer, settings),
            (change, _) =>
            {
                LatestRequest.Claim(change, it.Customer, details.Type, it.Id, latest);
                return ValueTask.CompletedTask;
            },
            async stop =>
            {
                latest = await queries.Latest(it.Customer, details.Type, stop);
                open = await queries.OpenOf(it.Customer, details.Type, stop);
            }
        );
    }
}

/// <summary>Who has a part: IE, CE, AE, TA.</summary>
internal sealed class PeopleStep(
    ImplementationStore book,
    Customers.Finding.CustomerStore customers,
    PeopleDirectory people,
    RoleStore roles
) : StepOf<PeopleStep>(book), IStep
{
    public static ImplementationStep Step => ImplementationSteps.People;

    protected override async ValueTask<DialogForm> Ask(
        Implementation it,
        Envelope from,
        CancellationToken cancel
    )
    {
        var customer = (await customers.Read(it.Customer, cancel))?.Value;
        return new DialogForm(
            $"People of {it.Id}",
            [
                Field(
                    "ie",
                    "IE",
                    it.Engineer,
                    "Leads the deployment.",
                    [.. ImplementationSteps.Team]
                ),
                Field(
                    "ce",
                    "CE",
                    it.CustomerEngineer,
                    "Links the documents, plans the meetings.",
                    Role.CustomerEngineer
                ),
                Field(
                    "ae",
                    "AE",
                    it.AccountExecutive,
                    "Is told decision and priority.",
                    Role.AccountExecutive
                ),
                Field(
                    "ta",
                    "TA",
                    it.Advisor,
                    "Pulled in three weeks before the target date to plan the onboarding.",
                    Role.TechnicalAdvisor,
                    Role.TechnicalAccountManager
                ),
            ]
        )
        {
            Introduction =
                it.Advisor is null && customer?.TechnicalAccountManager is { } tam
                    ? Markdown.Of($"{tam} is the TAM of {it.CustomerName}.")
                    : Markdown.None,
            SubmitLabel = "Save",
        };
    }

    protected override async ValueTask<StepAnswer?> Read(
        Submission<ImplementationRef> form,
        Implementation it,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        foreach (var field in (string[])["ie", "ce", "ae", "ta"])
        {
            if (
                form.Person(field) is { } person
                && await people.Account(person, cancel)
                    is null
                        or { IsGuest: true }
                        or { IsDeactivated: true }
            )
            {
                problems[field] =
                    "That person is not one of our team, or can’t be reached: choose somebody else.";
            }
        }

        await Check(form, "ie", it, roles, problems, cancel);
        return new(
            (now, by, _) =>
                now.NamePeople(
                    by,
                    form.Person("ie"),
                    form.Person("ce"),
                    form.Person("ae"),
                    form.Person("ta")
                )
        );
    }

    /// <summary>Whoever is named implementation engineer is one.</summary>
    public static async ValueTask Check(
        Submission<ImplementationRef> form,
        string field,
        Implementation it,
        RoleStore roles,
        Dictionary<string, string> problems,
        CancellationToken cancel
    )
    {
        if (
            form.Person(field) is { } engineer
            && engineer != it.Engineer
            && !ImplementationSteps.Team.Any((await roles.Of(engineer, cancel)).Is)
        )
        {
            problems[field] =
                $"They are not an implementation engineer. An administrator makes them one: /{SlashCommand.Trigger} role grant @name ie";
        }
    }

    private static DialogField Field(
        string name,
        string label,
        Ids.UserId? now,
        string help,
        params ReadOnlySpan<Role> roles
    ) =>
        new(name, label, FieldKind.Person)
        {
            Offers = OfferSource.PeopleWith(roles),
            Optional = true,
            Default = now?.Value,
            Help = help,
        };
}
