using System.Globalization;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.MySummary;
using Sidecar.Features.Workload;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

/// <summary>What requests have for somebody, by their part or by their role (WEEK-2).</summary>
internal sealed class ImplementationSummary(
    ImplementationQueries queries,
    ImplementationCalendar calendar
) : ISummarySource
{
    private const int Most = 100;

    public Role Lead => Role.ImplementationLead;

    public async ValueTask<IReadOnlyList<SummaryLine>> Of(
        ActingPerson person,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var mine = await queries.Of(person.User, cancel);
        var triage = ImplementationSteps.Team.Concat(ImplementationSteps.Leadership).Any(person.Is)
            ? await queries.First(BacklogGroup.Triage, Most, cancel)
            : [];
        return
        [
            .. triage.Select(it => Waiting(it, person)).OfType<SummaryLine>(),
            .. person.Is(Role.ImplementationLead)
                ? (await queries.First(BacklogGroup.Qualified, Most, cancel))
                    .Select(Unmanned)
                    .OfType<SummaryLine>()
                : [],
            .. mine.Select(it => Mine(it, person.User, now)).OfType<SummaryLine>(),
        ];
    }

    private static SummaryLine? Waiting(Implementation it, ActingPerson person) =>
        person.Is(Role.ImplementationLead)
            ? Line(
                it,
                Urgency.Waiting,
                it.Score is null
                    ? Markdown.Of($"nobody has scored it yet")
                    : Markdown.Of($"scored by {it.Scores.Length}, to be decided"),
                it.Score is null ? ImplementationSteps.Score : ImplementationSteps.Decide
            )
        : it.State == ImplementationState.WithLeadership
        && ImplementationSteps.Leadership.Any(person.Is)
        && it.Words.All(w => w.By != person.User)
            ? Line(
                it,
                Urgency.Waiting,
                Markdown.Of($"asks for your opinion"),
                ImplementationSteps.Word
            )
        : person.Is(Role.ImplementationEngineer) && it.Scores.All(s => s.By != person.User)
            ? Line(it, Urgency.Waiting, Markdown.Of($"to be scored"), ImplementationSteps.Score)
        : null;

    /// <summary>Somebody has to be named before anything goes on.</summary>
    private static SummaryLine? Unmanned(Implementation it) =>
        it is { Engineer: not null, CustomerEngineer: not null }
            ? null
            : Line(
                it,
                Urgency.Waiting,
                it.Engineer is null && it.CustomerEngineer is null
                        ? Markdown.Of($"has neither IE nor CE")
                    : it.Engineer is null ? Markdown.Of($"has no IE")
                    : Markdown.Of($"has no CE"),
                ImplementationSteps.People
            );

    private SummaryLine? Mine(Implementation it, UserId person, DateTimeOffset now)
    {
        var (isEngineer, isCe) = (
            it.Engineer == person,
            (it.CustomerEngineer ?? it.RequestedBy) == person
        );
        if (it.State == ImplementationState.Qualified && isCe && !it.HasDocuments)
        {
            return Line(
                it,
                Urgency.Waiting,
                Markdown.Of($"waits for its documents"),
                ImplementationSteps.Documents
            );
        }

        if ((isEngineer || isCe) && it.IsAtRisk(calendar, now))
        {
            return Line(
                it,
                SummaryLine.Of(calendar.AtWork(it.Dates.Contract!.Value), now),
                Markdown.Of(
                    $"{it.OpenRequirements.Length} {(it.OpenRequirements.Length == 1 ? Markdown.Of($"requirement is") : Markdown.Of($"requirements are"))} open, at risk: the contract is near"
                ),
                ImplementationSteps.Requirement
            ) with
            {
                At = calendar.AtWork(it.Dates.Contract!.Value),
            };
        }

        if (isEngineer && it is { State: ImplementationState.Qualified, HasDocuments: true })
        {
            return Line(it, Urgency.Waiting, Markdown.Of($"can start"), ImplementationSteps.Start);
        }

        if (
            it.State != ImplementationState.Started
            || !(isEngineer || isCe || it.Advisor == person)
        )
        {
            return null;
        }

        if (it.Dates.Target is { } target && (isEngineer || it.PulledIn == person))
        {
            var at = calendar.AtWork(target);
            return Line(
                it,
                SummaryLine.Of(at, now),
                isEngineer
                    ? Markdown.Of($"is yours to complete")
                    : Markdown.Of($"onboarding is yours to plan"),
                ImplementationSteps.Dates
            ) with
            {
                At = at,
            };
        }

        return isEngineer || isCe
            ? Line(
                it,
                Urgency.Mine,
                it.Dates.Missing.IsEmpty
                    ? Markdown.Of($"is under way")
                    : Markdown.Of($"{it.Dates.Missing.Length} meetings have no date"),
                ImplementationSteps.Dates
            )
            : null;
    }

    private static SummaryLine Line(
        Implementation it,
        Urgency urgency,
        Markdown text,
        ImplementationStep step
    ) =>
        new(
            urgency,
            At: null,
            Markdown.Of($"**{it.Id}** {it.CustomerName} {text}"),
            new SummaryStep(step.Label, $"implementation {step.Word} {it.Id}", $"{it.Id}")
        )
        {
            IsInternal = true,
        };
}

/// <summary>What requests give their engineers to do (MET-5).</summary>
internal sealed class ImplementationWork(
    ImplementationQueries queries,
    ImplementationSettings settings
) : IWorkSource
{
    public async ValueTask<OtherWork?> Of(UserId person, CancellationToken cancel)
    {
        var leads = (await queries.Of(person, cancel)).Count(it =>
            it.Engineer == person && !it.IsInTriage
        );
        return leads == 0
            ? null
            : new OtherWork(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{leads} implementation{(leads == 1 ? "" : "s")}"
                ),
                leads * settings.LoadPoints
            );
    }
}

/// <summary>Requests by words in them, for who may read them.</summary>
internal sealed class FindImplementations(Store store, RoleStore roles) : IFindable
{
    private const int Most = 10;

    public async ValueTask<IReadOnlyList<Markdown>> Find(
        SearchQuery query,
        UserId reader,
        CancellationToken cancel
    )
    {
        if (!ImplementationRights.Read.Allows(await roles.Of(reader, cancel)))
        {
            return [];
        }

        var found = await store.Search(
            ImplementationIndexes.Kind,
            ImplementationIndexes.ByWord,
            query,
            new SearchFor<Implementation>(Most),
            cancel
        );
        return
        [
            .. found.Items.Select(i =>
                Markdown.Of(
                    $"- **{i.Value.Id}** {i.Value.CustomerName} · {i.Value.Type.Label()} · {i.Value.State.Label()}"
                )
            ),
        ];
    }
}
