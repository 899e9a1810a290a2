using System.Collections.Immutable;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Assignments requested and vetted, and check-ins skipped, over the API (ASG-1, ASG-9).</summary>
internal sealed class AssignmentWrites(
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
    public const string CustomerEngineer = "customerEngineer";

    /// <summary>The members of the body by the fields of the form, where they are called otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RequestForm.EndsOn] = EndsOn,
            [RequestForm.CustomerEngineer] = CustomerEngineer,
        };

    /// <summary>What is said of a new one: requested, or started without a request.</summary>
    public static ImmutableArray<ApiField> Wanted { get; } =
    [
        new(RequestForm.Customer, FieldType.Text, "Key or name.")
        {
            IsRequired = true,
            MaxLength = Customer.MaxNameLength,
        },
        new(
            RequestForm.Why,
            FieldType.Text,
            "What an assigned engineer would change for this customer, and for us."
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
    ];

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
            Body = Wanted,
            Success = 201,
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Request(call, cancel),
            Again = AssignmentResource.MadeBefore,
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
            Again = AssignmentResource.Read,
        },
        new(
            "withdrawAssignment",
            "POST",
            "/assignments/{id}/withdrawal",
            "Withdraw a request for an assigned engineer",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(Why, FieldType.Text, "Why it is not needed any more.")
                {
                    MaxLength = Assignment.MaxTextLength,
                },
            ],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Withdraw(call, cancel),
            Again = AssignmentResource.Read,
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
            Again = AssignmentResource.Read,
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

        var (ce, nobody) = await answers.Named(call, CustomerEngineer, cancel);
        if (nobody is not null)
        {
            return nobody;
        }

        var reply = await request.Submit(
            new Submission<NewRequest>(
                call.Envelope(),
                new NewRequest(""),
                new FormAnswers(Requested(call, ce), Asked: null)
            ),
            cancel
        );
        return await answers.Of(reply, Names, cancel) is { } problem
            ? problem
            : await reads.Made(call, cancel);
    }

    /// <summary>The form for a new one, as whoever sends this would fill it.</summary>
    public static Dictionary<string, string> Requested(ApiCall call, UserId? customerEngineer) =>
        new(StringComparer.Ordinal)
        {
            [RequestForm.Customer] = call[RequestForm.Customer]!,
            [RequestForm.Why] = call[RequestForm.Why]!,
            [RequestForm.Kind] = call[RequestForm.Kind]!,
            [RequestForm.EndsOn] = call[EndsOn] ?? "",
            [RequestForm.CustomerEngineer] = customerEngineer?.Value ?? "",
        };

    private async Task<ApiAnswer> Vet(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, RequestRights.Vet, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var why = (call[Why] ?? "").Trim();
        if (call[Outcome] == Approve)
        {
            return await reads.Answer(
                await vetting.Approve(seen!.Id, call.User, why, cancel),
                call,
                cancel
            );
        }

        return why.Length == 0
            ? ApiProblem.Unprocessable(Why, "Say in a few words why.")
            : await reads.Answer(
                await vetting.Decline(seen!.Id, call.User, why, cancel),
                call,
                cancel
            );
    }

    private async Task<ApiAnswer> Withdraw(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, RequestRights.Withdraw, cancel);
        return problem is not null
            ? problem
            : await reads.Answer(
                await vetting.Withdraw(seen!.Id, call.User, (call[Why] ?? "").Trim(), cancel),
                call,
                cancel
            );
    }

    private async Task<ApiAnswer> Skip(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, CheckInRights.Arrange, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var reply = await skip.Submit(
            new Submission<SkipCheckInState>(
                call.Envelope(),
                new SkipCheckInState(seen!.Id, seen.Turn?.Week ?? seen.TurnWeek(call.At)),
                call.Form((SkipCheckIn.Why, Why))
            ),
            cancel
        );
        return await reads.Answer(reply, Names, call, cancel);
    }
}
