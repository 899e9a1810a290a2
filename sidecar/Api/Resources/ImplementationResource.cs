using System.Collections.Immutable;
using System.Text.Json;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Api.Resources;

/// <summary>
/// Implementation requests over the API, for those who may read them: people with a role (IMP-1 to IMP-7). A program sees
/// what its owner sees; it is no channel in which somebody else reads (ASG-4).
/// </summary>
internal sealed class ImplementationResource(
    Store store,
    ImplementationStore book,
    ApiAnswers answers,
    ApiCursor cursor
)
{
    private const string Group = "group";

    private static readonly ApiField Id = new("id", FieldType.Text, "Its number, as in IMP-3.")
    {
        MaxLength = 40,
    };

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
            Tag = "Implementation requests",
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
            Tag = "Implementation requests",
            PathFields = [Id],
            Result = ApiJson.Default.ImplementationView,
            Refusals = [404],
            Run = (parts, call, cancel) => Of(parts).Get(call, cancel),
        },
    ];

    private static ImplementationResource Of(IServiceProvider parts) =>
        parts.GetRequiredService<ImplementationResource>();

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
                await Views([.. page.Items.Select(i => i.Value)], cancel),
                next
            )
        )
        {
            Next = next,
        };
    }

    private async Task<ApiAnswer> Get(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(ImplementationRights.Read, call.User, cancel) is { } refused)
        {
            return refused;
        }

        if (ImplementationId.Read(call[Id.Name] ?? "") is not { } id)
        {
            return ApiProblem.NotFound("That is not the number of an implementation request.");
        }

        return await book.Find(id, cancel) is { Value: var found }
            ? new ApiAnswer.OfValue((await Views([found], cancel))[0])
            : await answers.Of(new NoSuchImplementation(id), cancel);
    }

    private async ValueTask<IReadOnlyList<ImplementationView>> Views(
        IReadOnlyList<Implementation> shown,
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
                }
            ),
            cancel
        );
        return [.. shown.Select(View)];
    }

    private ImplementationView View(Implementation it) =>
        new(
            it.Id.ToString(),
            it.CustomerName,
            JsonNamingPolicy.KebabCaseLower.ConvertName($"{it.Type}"),
            JsonNamingPolicy.KebabCaseLower.ConvertName($"{it.State}"),
            it.StateReason.Length == 0 ? null : it.StateReason,
            it.Score,
            it.Method,
            it.Provider,
            it.Information,
            answers.Person(it.RequestedBy),
            it.RequestedAt,
            answers.Person(it.Engineer),
            answers.Person(it.CustomerEngineer),
            answers.Person(it.AccountExecutive),
            answers.Person(it.Advisor),
            it.DesignDocument.Length == 0 ? null : it.DesignDocument,
            it.Questionnaire.Length == 0 ? null : it.Questionnaire,
            it.Dates.Target,
            it.OpenRequirements.Length,
            it.StartedAt,
            it.CompletedOn,
            it.EndedAt
        );
}
