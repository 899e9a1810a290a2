using System.Collections.Immutable;
using Sidecar.Features.Assignments;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Customers;
using Sidecar.Features.Tokens;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Assignments requested and vetted, and check-ins skipped, over the API (ASG-1, ASG-9).</summary>
internal sealed class AssignmentWrites(
    Store store,
    AssignmentStore book,
    RequestEngineer request,
    Vetting vetting,
    SkipCheckIn skip,
    AssignmentResource reads,
    ApiAnswers answers
)
{
    private const string Approve = "approve";
    private const string Outcome = "decision";
    private const string Why = "why";
    private const string EndsOn = "endsOn";
    private const string CustomerEngineer = "customerEngineer";

    /// <summary>The members of the body by the fields of the form, where they are called otherwise.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [RequestForm.EndsOn] = EndsOn,
        [RequestForm.CustomerEngineer] = CustomerEngineer,
    };

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "requestEngineer",
            "POST",
            "/assignments",
            "Request an assigned engineer for a customer",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            Description =
                "CS lead, CE lead and sales lead vet it. For those who may read customers: nobody tries names here.",
            Body =
            [
                new(RequestForm.Customer, FieldType.Text, "Key or name.")
                {
                    IsRequired = true,
                    MaxLength = Customer.MaxNameLength,
                },
                new(
                    RequestForm.Why,
                    FieldType.Text,
                    "What an engineer of their own changes for this customer, and for us."
                )
                {
                    IsRequired = true,
                    MaxLength = Assignment.MaxTextLength,
                },
                new(
                    RequestForm.Kind,
                    FieldType.Choice,
                    "Of a strategic customer, who is told; or of a prospect, internal only."
                )
                {
                    IsRequired = true,
                    Choices = [RequestForm.PostSales, RequestForm.PreSales],
                },
                new(EndsOn, FieldType.Day, "The last day of a temporary one."),
                new(
                    CustomerEngineer,
                    FieldType.Person,
                    "The customer engineer with whom the engineer works."
                )
                {
                    IsRequired = true,
                },
            ],
            Success = 201,
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Request(call, cancel),
        },
        new(
            "vetAssignment",
            "POST",
            "/assignments/{id}/vetting",
            "Approve or decline a request for an assigned engineer",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(Outcome, FieldType.Choice, "What the token's owner says as a lead.")
                {
                    IsRequired = true,
                    Choices = [Approve, "decline"],
                },
                new(Why, FieldType.Text, "Why it is declined, or may exceed the cap.")
                {
                    MaxLength = Assignment.MaxTextLength,
                },
            ],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Vet(call, cancel),
        },
        new(
            "skipCheckIn",
            "POST",
            "/assignments/{id}/check-ins/skip",
            "Leave the next check-in out, with the reason",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(Why, FieldType.Text, "On the record, and told to the other one of the two.")
                {
                    IsRequired = true,
                    MaxLength = SkipCheckIn.MaxReason,
                },
            ],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Skip(call, cancel),
        },
    ];

    private static AssignmentWrites Of(IServiceProvider parts) =>
        parts.GetRequiredService<AssignmentWrites>();

    private async Task<ApiAnswer> Request(ApiCall call, CancellationToken cancel)
    {
        foreach (var permission in (Permission[])[RequestRights.Request, CustomerRights.Read])
        {
            if (await answers.WhyNot(permission, call.User, cancel) is { } refused)
            {
                return refused;
            }
        }

        if (await answers.Meant(call[CustomerEngineer]!, cancel) is not { } ce)
        {
            return ApiProblem.Unprocessable([
                new ApiError("/" + CustomerEngineer, "Mattermost knows nobody like that."),
            ]);
        }

        var from = call.Envelope();
        var reply = await request.Submit(
            new Submission<NewRequest>(
                from,
                new NewRequest(""),
                new FormAnswers(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        [RequestForm.Customer] = call[RequestForm.Customer]!,
                        [RequestForm.Why] = call[RequestForm.Why]!,
                        [RequestForm.Kind] = call[RequestForm.Kind]!,
                        [RequestForm.EndsOn] = call[EndsOn] ?? "",
                        [RequestForm.CustomerEngineer] = ce.Value,
                    },
                    Asked: null
                )
            ),
            cancel
        );
        if (await answers.Of(reply, Names, cancel) is { } problem)
        {
            return problem;
        }

        return
            await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is { Value.Made: var made }
            && AssignmentId.Read(made) is { } id
            && await book.Find(id, cancel) is { Value: var assignment }
            ? new ApiAnswer.OfValue(await reads.Shown(assignment, call.User, cancel))
            {
                Location = $"/assignments/{id}",
            }
            : ApiProblem.Conflict("Nothing was requested.");
    }

    private async Task<ApiAnswer> Vet(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(RequestRights.Vet, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var (seen, problem) = await reads.Find(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var why = (call[Why] ?? "").Trim();
        if (call[Outcome] == Approve)
        {
            return
                await vetting.Approve(seen!.Id, call.User, why, cancel)
                    is Decision.Refused { Why: var no }
                ? await answers.Of(no, cancel)
                : await Now(seen.Id, call, cancel);
        }

        if (why.Length == 0)
        {
            return ApiProblem.Unprocessable([new ApiError("/" + Why, "Say in a few words why.")]);
        }

        return
            await vetting.Decline(seen!.Id, call.User, why, cancel)
                is Decision.Refused { Why: var because }
            ? await answers.Of(because, cancel)
            : await Now(seen.Id, call, cancel);
    }

    private async Task<ApiAnswer> Skip(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(CheckInRights.Arrange, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var (seen, problem) = await reads.Find(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var reply = await skip.Submit(
            new Submission<SkipCheckInState>(
                call.Envelope(),
                new SkipCheckInState(seen!.Id, seen.Turn?.Week ?? seen.CheckInWeek(call.At)),
                new FormAnswers(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        [SkipCheckIn.Why] = call[Why]!,
                    },
                    Asked: null
                )
            ),
            cancel
        );
        return await answers.Of(reply, Names, cancel) is { } no
            ? no
            : await Now(seen.Id, call, cancel);
    }

    private async ValueTask<ApiAnswer> Now(
        AssignmentId id,
        ApiCall call,
        CancellationToken cancel
    ) =>
        new ApiAnswer.OfValue(
            await reads.Shown((await book.Find(id, cancel))!.Value, call.User, cancel)
        );
}
