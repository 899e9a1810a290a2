using System.Collections.Immutable;
using System.Text.Json;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Api.Resources;

/// <summary>
/// Implementation requests over the API, for those who may read them: people with a role (IMP-1 to IMP-7). A program sees
/// what its owner sees; it is no channel in which somebody else reads (ASG-4).
/// </summary>
internal sealed class ImplementationResource(
    Store store,
    ImplementationStore book,
    RoleStore roles,
    TimelinePages timelines,
    ApiAnswers answers,
    ApiCursor cursor
)
{
    public const string Tag = "Implementation requests";
    private const string Group = "group";

    public static ApiField Id { get; } =
        new("id", FieldType.Text, "Its number, as in IMP-3.") { MaxLength = 40 };

    private static readonly Dictionary<string, BacklogGroup> Groups = Enum.GetValues<BacklogGroup>()
        .ToDictionary(
            g => JsonNamingPolicy.KebabCaseLower.ConvertName($"{g}"),
            StringComparer.Ordinal
        );

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "listImplementations",
            "GET",
            "/implementations",
            "List implementation requests",
            TokenScope.ReadImplementations
        )
        {
            Tag = Tag,
            Description =
                "In the order of the backlog: in triage and qualified by score, under way by target date, then those that are over.",
            Query =
            [
                new(Group, FieldType.Choice, "Only those that stand so.")
                {
                    Choices = [.. Groups.Keys],
                },
                .. Paging.Fields,
            ],
            Result = ApiJson.Default.ImplementationPage,
            Run = (parts, call, cancel) => Of(parts).List(call, cancel),
        },
        new(
            "getImplementation",
            "GET",
            "/implementations/{id}",
            "Read an implementation request",
            TokenScope.ReadImplementations
        )
        {
            Tag = Tag,
            PathFields = [Id],
            Result = ApiJson.Default.ImplementationView,
            Refusals = [404],
            Run = Read,
        },
        TimelinePages.Operation(
            "listImplementationTimeline",
            "/implementations/{id}",
            "Show what happened to an implementation request",
            TokenScope.ReadImplementations,
            Tag,
            Id,
            (parts, call, cancel) => Of(parts).Timeline(call, cancel)
        ),
    ];

    private static ImplementationResource Of(IServiceProvider parts) =>
        parts.GetRequiredService<ImplementationResource>();

    /// <summary>How one stands now, for its reader.</summary>
    public static Task<ApiAnswer> Read(
        IServiceProvider parts,
        ApiCall call,
        CancellationToken cancel
    ) => Of(parts).Get(call, cancel);

    private async Task<ApiAnswer> List(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(ImplementationRights.Read, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var name = $"implementations.{call[Group] ?? "all"}";
        if (cursor.Read(name, call, out var after) is { } wrong)
        {
            return wrong;
        }

        var page = await store.List(
            ImplementationIndexes.Kind,
            ImplementationIndexes.ByBacklog,
            call[Group] is { } group ? ImplementationIndexes.Of(Groups[group]) : IndexKey.Empty,
            after,
            call.Limit,
            cancel
        );
        var next = cursor.Write(name, call.User, page.Next);
        return new ApiAnswer.OfValue(
            new ApiPage<ImplementationView>(
                await Views([.. page.Items.Select(i => i.Value)], call.User, cancel),
                next
            )
        )
        {
            Next = next,
        };
    }

    private async Task<ApiAnswer> Get(ApiCall call, CancellationToken cancel) =>
        await Find(call, cancel) switch
        {
            (_, { } problem) => problem,
            (var found, _) => new ApiAnswer.OfValue(await Shown(found!, call.User, cancel)),
        };

    private async Task<ApiAnswer> Timeline(ApiCall call, CancellationToken cancel) =>
        await Find(call, cancel) switch
        {
            (_, { } problem) => problem,
            (var found, _) => await timelines.Page(
                call,
                (before, limit, stop) => book.LatestHistory(found!.Id, before, limit, stop),
                (fact, _) => fact.Sentence,
                cancel
            ),
        };

    /// <summary>The request that an address names, for who may read them: nobody else learns which there are.</summary>
    public async ValueTask<(Implementation? Found, ApiProblem? Problem)> Find(
        ApiCall call,
        CancellationToken cancel
    )
    {
        if (await answers.WhyNot(ImplementationRights.Read, call.User, cancel) is { } refused)
        {
            return (null, refused);
        }

        if (ImplementationId.Read(call[Id.Name] ?? "") is not { } id)
        {
            return (
                null,
                ApiProblem.NotFound("That is not the number of an implementation request.")
            );
        }

        return await book.Find(id, cancel) is { Value: var found }
            ? (found, null)
            : (null, await answers.Of(new NoSuchImplementation(id), cancel));
    }

    /// <summary>One as its reader sees it.</summary>
    public async ValueTask<ImplementationView> Shown(
        Implementation it,
        UserId reader,
        CancellationToken cancel
    ) => (await Views([it], reader, cancel))[0];

    private async ValueTask<IReadOnlyList<ImplementationView>> Views(
        IReadOnlyList<Implementation> shown,
        UserId reader,
        CancellationToken cancel
    )
    {
        await answers.Know(
            shown.SelectMany(i =>
                new UserId?[]
                {
                    i.RequestedBy,
                    i.Engineer,
                    i.CustomerEngineer,
                    i.AccountExecutive,
                    i.Advisor,
                }.Concat(i.Checklist.Select(r => (UserId?)r.By))
            ),
            cancel
        );
        var actor = await roles.Of(reader, cancel);
        return [.. shown.Select(it => View(it, actor))];
    }

    private ImplementationView View(Implementation it, ActingPerson reader) =>
        new(
            it.Id.ToString(),
            it.CustomerName,
            ImplementationCodes.Of(it.Type),
            ImplementationCodes.Of(it.State),
            Text(it.StateReason),
            it.Score,
            it.Method,
            it.Provider,
            Text(it.Opportunity),
            Lines(it.Design),
            it.Information,
            answers.Person(it.RequestedBy),
            it.RequestedAt,
            answers.Person(it.Engineer),
            answers.Person(it.CustomerEngineer),
            answers.Person(it.AccountExecutive),
            answers.Person(it.Advisor),
            Text(it.DesignDocument),
            Text(it.Questionnaire),
            Text(it.QuestionnaireBegun),
            it.Dates.Target,
            new ImplementationDatesView(
                it.Dates.InternalMeeting,
                it.Dates.Contract,
                it.Dates.Introduction,
                it.Dates.KickOff,
                it.Dates.PartnershipKickOff,
                it.Dates.Target
            ),
            it.OpenRequirements.Length,
            [.. Requirements.All.Select(kind => View(it, kind))],
            Lines(it.Documentation),
            it.StartedAt,
            it.CompletedOn,
            it.EndedAt,
            [
                .. ImplementationSteps
                    .All.Where(step => it.WhyNot(step, reader) is null)
                    .Select(step => step.Word),
            ]
        );

    private RequirementView View(Implementation it, RequirementKind kind)
    {
        var known = it.Of(kind);
        return new RequirementView(
            ImplementationCodes.Of(kind),
            ImplementationCodes.Of(it.StateOf(kind)),
            Text(known?.Note ?? ""),
            answers.Person(known?.By),
            known?.At
        );
    }

    private static string? Text(string typed) => typed.Length == 0 ? null : typed;

    private static string[] Lines(string typed) =>
        typed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>How the API calls what implementation requests are.</summary>
internal static class ImplementationCodes
{
    /// <summary><c>production-deployment</c>.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName($"{value}");

    /// <summary>All of a kind, by what the API calls them, with their names in forms.</summary>
    public static IReadOnlyDictionary<string, string> Names<TEnum>()
        where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().ToDictionary(v => Of(v), v => $"{v}", StringComparer.Ordinal);
}
