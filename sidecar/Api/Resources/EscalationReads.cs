using System.Collections.Immutable;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Api.Resources;

/// <summary>Escalations, their updates and timelines, as the reader may see them in the chat.</summary>
internal sealed class EscalationReads(
    EscalationStore book,
    EscalationLists lists,
    CustomerStore customers,
    UpdateHistory history,
    IncidentReaders readers,
    EscalationViews views,
    TimelinePages timelines,
    ApiAnswers answers,
    ApiCursor cursor
)
{
    private const string Open = "open";
    private const string List = "list";
    private const string Severity = "severity";
    private const string State = "state";
    private const string OfCustomer = "customer";
    private const string Words = "q";

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "listEscalations",
            "GET",
            "/escalations",
            "List escalations",
            TokenScope.ReadEscalations
        )
        {
            Tag = "Escalations",
            Description =
                "In the order of their priority, as the reader may see it; what is over comes after what is open. Several filters narrow it down; words stand alone.",
            Query =
            [
                new(
                    List,
                    FieldType.Choice,
                    "Open ones, all, or those that the token's owner has a part in."
                )
                {
                    Choices = [Open, "all", "mine"],
                },
                new(Severity, FieldType.Choice, "Open ones of a severity.")
                {
                    Choices = [.. Vocabulary.Severities.Select(t => t.Code)],
                },
                new(State, FieldType.Choice, "Those at a state.")
                {
                    Choices = [.. Vocabulary.States.Select(t => t.Code)],
                },
                new(
                    OfCustomer,
                    FieldType.Text,
                    "All of a customer, by key; for readers of customers."
                )
                {
                    MaxLength = CustomerKey.MaxLength,
                },
                new(
                    Words,
                    FieldType.Text,
                    "Those in which all of these words are, the latest first, at most 15; the last one may be the beginning of a word."
                )
                {
                    MaxLength = 200,
                },
                .. Paging.Fields,
            ],
            Result = ApiJson.Default.EscalationPage,
            Refusals = [404],
            Run = (parts, call, cancel) => Of(parts).Page(call, cancel),
        },
        new(
            "getEscalation",
            "GET",
            "/escalations/{id}",
            "Read an escalation",
            TokenScope.ReadEscalations
        )
        {
            Tag = "Escalations",
            PathFields = [EscalationFieldsOfApi.Id],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404],
            Run = Read,
        },
        new(
            "listUpdates",
            "GET",
            "/escalations/{id}/updates",
            "List the status updates of an escalation",
            TokenScope.ReadEscalations
        )
        {
            Tag = "Escalations",
            Description =
                "The latest first. Technical notes of a private incident are for its readers.",
            PathFields = [EscalationFieldsOfApi.Id],
            Query = Paging.Fields,
            Result = ApiJson.Default.UpdatePage,
            Refusals = [404],
            Run = (parts, call, cancel) => Of(parts).Updates(call, cancel),
        },
        TimelinePages.Operation(
            "listTimeline",
            "/escalations/{id}",
            "Show what happened to an escalation",
            TokenScope.ReadEscalations,
            "Escalations",
            EscalationFieldsOfApi.Id,
            (parts, call, cancel) => Of(parts).Timeline(call, cancel),
            "That of a private incident is for its readers."
        ),
    ];

    private static EscalationReads Of(IServiceProvider parts) =>
        parts.GetRequiredService<EscalationReads>();

    /// <summary>How one stands now, for its reader.</summary>
    public static Task<ApiAnswer> Read(
        IServiceProvider parts,
        ApiCall call,
        CancellationToken cancel
    ) => Of(parts).Get(call, cancel);

    private async Task<ApiAnswer> Page(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(EscalationRights.Read, call.User, cancel) is { } refused)
        {
            return refused;
        }

        string[] filters =
        [
            .. new[] { List, Severity, State, OfCustomer, Words }.Where(f => call[f] is not null),
        ];
        if (call[Words] is { } words)
        {
            if (filters.Length > 1)
            {
                return ApiProblem.Invalid(Words, $"This does not go together with {filters[0]}.");
            }

            return new ApiAnswer.OfValue(
                new ApiPage<EscalationView>(await Found(words, call.User, cancel), null)
            );
        }

        var chosen = await Chosen(call, cancel);
        if (chosen.Problem is { } problem)
        {
            return problem;
        }

        var list = chosen.List!.For(await customers.MayRead(call.User, cancel));
        var name = $"escalations.{list.Filter}{(list.IsPlain ? ".plain" : "")}";
        if (cursor.Read(name, call, out var after) is { } wrong)
        {
            return wrong;
        }

        var page = await lists.Page(list, after, call.Limit, cancel);
        var next = cursor.Write(name, call.User, page.Next);
        return new ApiAnswer.OfValue(
            new ApiPage<EscalationView>(
                await views.Of([.. page.Items.Select(i => i.Value)], call.User, cancel),
                next
            )
        )
        {
            Next = next,
        };
    }

    private async ValueTask<IReadOnlyList<EscalationView>> Found(
        string words,
        UserId reader,
        CancellationToken cancel
    )
    {
        var query = SearchQuery.Read(words);
        return query.IsEmpty
            ? []
            : await views.Of(
                [.. (await lists.Find(query, cancel)).Items.Select(e => e.Value)],
                reader,
                cancel
            );
    }

    private async ValueTask<(EscalationList? List, ApiProblem? Problem)> Chosen(
        ApiCall call,
        CancellationToken cancel
    )
    {
        var named = new List<EscalationList>();
        if (call[OfCustomer] is { } typed)
        {
            // Whoever may not read customers is told the same of one that there is and of one that there is not (X3).
            if (await answers.WhyNot(CustomerRights.Read, call.User, cancel) is { } refused)
            {
                return (null, refused);
            }

            if (await customers.Read(new CustomerKey(typed), cancel) is not { Value: var customer })
            {
                return (null, await answers.Of(new NoSuchCustomer(typed), cancel));
            }

            named.Add(EscalationList.Of(customer.Key, customer.Name));
        }

        if (call[List] == "mine")
        {
            named.Add(EscalationList.Of(call.User));
        }

        if (call[Severity] is { } severity)
        {
            named.Add(EscalationList.Of(Vocabulary.Severities.Read(severity)!.Value));
        }

        if (call[State] is { } state)
        {
            named.Add(EscalationList.Of(Vocabulary.States.Read(state)!.Value));
        }

        return (EscalationList.Choose(named, call[List] == "all", call[List] == Open), null);
    }

    public async Task<ApiAnswer> Get(ApiCall call, CancellationToken cancel) =>
        await Find(call, cancel) switch
        {
            (_, { } problem) => problem,
            (var found, _) => new ApiAnswer.OfValue(await views.Of(found!, call.User, cancel)),
        };

    private async Task<ApiAnswer> Updates(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await Find(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (NumberedPlaces.Before(call) is not { } before)
        {
            return NumberedPlaces.None;
        }

        var withNotes = await readers.MayRead(found!, call.User, cancel);
        var page = await history.Page(
            found!.Id,
            before == 0 ? null : (int)Math.Min(before, int.MaxValue),
            call.Limit,
            cancel
        );
        var updates = page.Items.Select(u => u.Value.Update).ToList();
        await answers.Know(updates.Select(u => (UserId?)u.By), cancel);
        var next = page.Next is null ? null : NumberedPlaces.Of(updates[^1].Number);
        return new ApiAnswer.OfValue(
            new ApiPage<UpdateView>([.. updates.Select(u => View(u, withNotes))], next)
        )
        {
            Next = next,
        };
    }

    private async Task<ApiAnswer> Timeline(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await Find(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (await readers.WhyNot(found!, call.User, cancel) is { } hidden)
        {
            return await answers.Of(hidden, cancel);
        }

        return await timelines.Page(
            call,
            (before, limit, stop) => book.LatestHistory(found!.Id, before, limit, stop),
            (fact, isOurs) => fact.ToldTo(isOurs),
            cancel
        );
    }

    /// <summary>The escalation that an address names, for who may do something with it.</summary>
    public async ValueTask<(Escalation? Found, ApiProblem? Problem)> Find(
        ApiCall call,
        Permission permission,
        CancellationToken cancel
    ) =>
        await answers.WhyNot(permission, call.User, cancel) is { } refused
            ? (null, refused)
            : await Find(call, cancel);

    public async ValueTask<(Escalation? Found, ApiProblem? Problem)> Find(
        ApiCall call,
        CancellationToken cancel
    )
    {
        if (await answers.WhyNot(EscalationRights.Read, call.User, cancel) is { } refused)
        {
            return (null, refused);
        }

        if (EscalationFieldsOfApi.IdOf(call) is not { } id)
        {
            return (null, ApiProblem.NotFound("That is not the number of an escalation."));
        }

        return await book.Find(id, cancel) is { Value: var escalation }
            ? (escalation, null)
            : (null, await answers.Of(new NoSuchEscalation(id), cancel));
    }

    public UpdateView View(StatusUpdate update, bool withNotes) =>
        new(
            update.Number,
            answers.Person(update.By),
            update.At,
            Vocabulary.States.Code(update.Status),
            Math.Round(update.Age.TotalHours, 2),
            update.Summary,
            update.CustomerImpact,
            withNotes ? update.Notes : null,
            update.NextAt
        );
}
