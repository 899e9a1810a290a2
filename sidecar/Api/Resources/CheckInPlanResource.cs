using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Api.Resources;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>When check-ins are, and where their answers go, over the API (ASG-7, ASG-9, ASG-10).</summary>
internal sealed class CheckInPlanResource(
    PlanCheckIn plan,
    MoveCheckIn move,
    PeopleDirectory people,
    ApiChannels channels,
    AssignmentResource reads,
    ApiAnswers answers,
    TimeProvider clock
)
{
    private const string Weekday = "weekday";
    private const string At = "time";
    private const string Zone = "timeZone";
    private const string Moment = "to";
    private const string Week = "week";
    private const string Path = "/assignments/{id}/check-in-plan";

    private static readonly Dictionary<string, DayOfWeek> Days = Enum.GetValues<DayOfWeek>()
        .ToDictionary(d => $"{d}".ToLowerInvariant(), StringComparer.Ordinal);

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new("getCheckInPlan", "GET", Path, "Show when check-ins are", TokenScope.ReadAssignments)
        {
            Tag = "Assignments",
            Description = "For those who check in, and leads.",
            PathFields = [AssignmentResource.Id],
            Result = ApiJson.Default.CheckInPlanView,
            Refusals = [404, 409],
            Run = Read,
        },
        new("planCheckIns", "POST", Path, "Say when check-ins are", TokenScope.WriteAssignments)
        {
            Tag = "Assignments",
            Description = "It has to be inside the working hours of both.",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(Weekday, FieldType.Choice, "On which day of the week.")
                {
                    IsRequired = true,
                    Choices = [.. Days.Keys],
                },
                new(At, FieldType.Text, "When, as in 14:00.") { IsRequired = true, MaxLength = 5 },
                new(
                    Zone,
                    FieldType.Text,
                    "In which zone, as in Europe/Berlin; that of the token's owner unless it is sent."
                )
                {
                    MaxLength = 60,
                },
            ],
            Result = ApiJson.Default.CheckInPlanView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Plan(call, cancel),
            Again = Read,
        },
        new(
            "postCheckInsTo",
            "POST",
            Path + "/channel",
            "Say where the answers of check-ins are posted",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            Description =
                "They go to the other one of the two by direct message anyway. Whoever reads the channel reads them.",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                ApiChannels.Field with
                {
                    What = "The id of a channel in Mattermost; null: nowhere.",
                    IsRequired = true,
                    CanBeNull = true,
                },
            ],
            Result = ApiJson.Default.CheckInPlanView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Post(call, cancel),
            Again = Read,
        },
        new(
            "moveCheckIn",
            "POST",
            "/assignments/{id}/check-ins/move",
            "Move a check-in to another time",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            Description = "The weeks after it stay as planned.",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(Moment, FieldType.Moment, "To when: inside the working hours of both.")
                {
                    IsRequired = true,
                },
                new(
                    Week,
                    FieldType.Day,
                    "The first day of its week; the one that is to come unless it is sent."
                ),
            ],
            Result = ApiJson.Default.CheckInPlanView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Move(call, cancel),
            Again = Read,
        },
    ];

    private static CheckInPlanResource Of(IServiceProvider parts) =>
        parts.GetRequiredService<CheckInPlanResource>();

    private static Task<ApiAnswer> Read(
        IServiceProvider parts,
        ApiCall call,
        CancellationToken cancel
    ) => Of(parts).Get(call, cancel);

    private async Task<ApiAnswer> Get(ApiCall call, CancellationToken cancel) =>
        await reads.FindCheckIns(call, cancel) switch
        {
            (_, { } problem) => problem,
            ({ HasCheckIns: true, CheckIns: { } planned, Turn: { } turn } found, _) => await Shown(
                found.Id,
                planned,
                turn,
                cancel
            ),
            (var found, _) => await answers.Of(new NoCheckIns(found!), cancel),
        };

    private async Task<ApiAnswer> Plan(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, CheckInRights.Plan, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (TimeOfDay.Read(call[At]!) is not { } time)
        {
            return ApiProblem.Unprocessable(At, "This is a time of day, as in 14:00.");
        }

        var zone = call[Zone] is { Length: > 0 } named
            ? Zones.Find(named)
            : await people.ZoneOf(call.User, cancel);
        return zone is null
            ? ApiProblem.Unprocessable(
                Zone,
                "This is not a time zone: write it as in Europe/Berlin."
            )
            : await Answer(
                await plan.Plan(
                    found!.Id,
                    new CheckInPlan(Days[call[Weekday]!], time, zone.Id),
                    call.User,
                    cancel
                ),
                call,
                cancel
            );
    }

    private async Task<ApiAnswer> Post(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, CheckInRights.Plan, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var isNowhere = call[ApiChannels.Name]!.Length == 0;
        var place = isNowhere ? null : await channels.Find(call, cancel);
        return !isNowhere && place is null
            ? ApiChannels.NotThere
            : await Answer(await plan.Place(found!.Id, place, call.User, cancel), call, cancel);
    }

    private async Task<ApiAnswer> Move(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, CheckInRights.Arrange, cancel);
        if (problem is not null)
        {
            return problem;
        }

        DateOnly? week = call[Week] is { } day
            ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
        return await Answer(
            await move.Move(
                found!.Id,
                week,
                ApiField.Moment(call[Moment]!)!.Value,
                call.User,
                cancel
            ),
            call,
            cancel
        );
    }

    private async ValueTask<ApiAnswer> Answer(
        Decision decision,
        ApiCall call,
        CancellationToken cancel
    ) => await answers.Of(decision, cancel) is { } why ? why : await Get(call, cancel);

    private async ValueTask<ApiAnswer> Shown(
        AssignmentId id,
        CheckInPlan planned,
        CheckInTurn turn,
        CancellationToken cancel
    )
    {
        await answers.Know([turn.Asked], cancel);
        return new ApiAnswer.OfValue(
            new CheckInPlanView(
                id.ToString(),
                $"{planned.Day}".ToLowerInvariant(),
                planned.Time.ToString(),
                planned.Zone,
                planned.At(planned.NextWeek(clock.GetUtcNow())),
                turn.Week,
                turn.DueAt,
                answers.Person(turn.Asked),
                planned.Place?.Id.Value
            )
        );
    }
}
