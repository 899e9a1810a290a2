using System.Collections.Immutable;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Assignments started, staffed, told of and ended over the API (ASG-1, ASG-3).</summary>
internal sealed class AssignmentStaffing(
    StartAssignment start,
    AssignEngineer assign,
    SetBackUp setBackUp,
    TellCustomer tell,
    EndAssignment end,
    AssignmentResource reads,
    ApiAnswers answers
)
{
    private const string Engineer = "engineer";
    private const string BackUp = "backUp";
    private const string BeyondCap = "beyondCapBecause";
    private const string AllTheSame = "allTheSame";
    private const string To = "to";
    private const string On = "on";
    private const string Why = "why";

    private static readonly ApiField EvenIfOverloaded = new(
        AllTheSame,
        FieldType.Flag,
        "Even if they have said that they are overloaded."
    );

    private static readonly ApiField Person = new(
        Engineer,
        FieldType.Person,
        "The support engineer: the id in Mattermost, or the at-name as in @name."
    );

    private static readonly Dictionary<string, string> Names = new(
        AssignmentWrites.Names,
        StringComparer.Ordinal
    )
    {
        [RequestForm.BackUp] = BackUp,
        [RequestForm.Beyond] = BeyondCap,
        [RequestForm.AllTheSame] = AllTheSame,
    };

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "startAssignment",
            "POST",
            "/assignments/unrequested",
            "Start an assignment that nobody requested",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            Description = "For the CS lead: it skips the vetting, which stays on the record.",
            Body =
            [
                .. AssignmentWrites.Wanted,
                Person with
                {
                    IsRequired = true,
                },
                new(
                    BackUp,
                    FieldType.Person,
                    "The back-up, of a post-sales strategic customer only."
                ),
                new(BeyondCap, FieldType.Text, "Why it exceeds the cap, when no place is left.")
                {
                    MaxLength = Assignment.MaxTextLength,
                },
                EvenIfOverloaded,
            ],
            Success = 201,
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Start(call, cancel),
            Again = AssignmentResource.MadeBefore,
        },
        new(
            "assignEngineer",
            "POST",
            "/assignments/{id}/engineer",
            "Name the engineer of an approved assignment",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                Person with
                {
                    IsRequired = true,
                },
                new(
                    BackUp,
                    FieldType.Person,
                    "The back-up, of a post-sales strategic customer only."
                ),
                EvenIfOverloaded,
            ],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Assign(call, cancel),
            Again = AssignmentResource.Read,
        },
        new(
            "nameBackUp",
            "POST",
            "/assignments/{id}/back-up",
            "Name the back-up of an assigned engineer",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(BackUp, FieldType.Person, "Who; null: nobody.")
                {
                    IsRequired = true,
                    CanBeNull = true,
                },
                EvenIfOverloaded,
            ],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).NameBackUp(call, cancel),
            Again = AssignmentResource.Read,
        },
        new(
            "recordCustomerTold",
            "POST",
            "/assignments/{id}/customer-told",
            "Record that a customer was told who their engineer is",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            Description =
                "Post-sales strategic customers are told; a pre-sales assignment is internal only.",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(To, FieldType.Text, "Whom at the customer.") { IsRequired = true },
                new(On, FieldType.Day, "When; today unless it is sent."),
            ],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Tell(call, cancel),
            Again = AssignmentResource.Read,
        },
        new(
            "endAssignment",
            "POST",
            "/assignments/{id}/end",
            "End an assignment, with the reason",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            Description = "Temporary ones end by themselves after their last day.",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(Why, FieldType.Text, "Those who have a part in it are told.")
                {
                    IsRequired = true,
                    MaxLength = Assignment.MaxTextLength,
                },
            ],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).End(call, cancel),
            Again = AssignmentResource.Read,
        },
    ];

    private static AssignmentStaffing Of(IServiceProvider parts) =>
        parts.GetRequiredService<AssignmentStaffing>();

    private async Task<ApiAnswer> Start(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(RequestRights.Start, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var people = new Dictionary<string, UserId?>(StringComparer.Ordinal);
        foreach (var member in (string[])[AssignmentWrites.CustomerEngineer, Engineer, BackUp])
        {
            var (who, nobody) = await answers.Named(call, member, cancel);
            if (nobody is not null)
            {
                return nobody;
            }

            people[member] = who;
        }

        var form = AssignmentWrites.Requested(call, people[AssignmentWrites.CustomerEngineer]);
        form[RequestForm.Engineer] = people[Engineer]?.Value ?? "";
        form[RequestForm.BackUp] = people[BackUp]?.Value ?? "";
        form[RequestForm.Beyond] = call[BeyondCap] ?? "";
        form[RequestForm.AllTheSame] = call[AllTheSame] ?? "";
        var reply = await start.Submit(
            new Submission<NewRequest>(
                call.Envelope(),
                new NewRequest(""),
                new FormAnswers(form, Asked: null)
            ),
            cancel
        );
        return await answers.Of(reply, Names, cancel) is { } problem
            ? problem
            : await reads.Made(call, cancel);
    }

    private async Task<ApiAnswer> Assign(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, RequestRights.Assign, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var (engineer, nobody) = await answers.Named(call, Engineer, cancel);
        var (backUp, noBackUp) = await answers.Named(call, BackUp, cancel);
        if ((nobody ?? noBackUp) is { } wrong)
        {
            return wrong;
        }

        return engineer is not { } named
            ? ApiProblem.Unprocessable(Engineer, "Name the engineer.")
            : await Answer(
                await assign.Name(
                    new NamedEngineer(seen!.Id, named, backUp),
                    call.User,
                    call[AllTheSame] == "true",
                    cancel
                ),
                Engineer,
                call,
                cancel
            );
    }

    private async Task<ApiAnswer> NameBackUp(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, RequestRights.BackUp, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var (backUp, nobody) = await answers.Named(call, BackUp, cancel);
        return nobody is not null
            ? nobody
            : await Answer(
                await setBackUp.Name(
                    new NamedBackUp(seen!.Id, backUp),
                    call.User,
                    call[AllTheSame] == "true",
                    cancel
                ),
                BackUp,
                call,
                cancel
            );
    }

    private async ValueTask<ApiAnswer> Answer(
        Decision decision,
        string person,
        ApiCall call,
        CancellationToken cancel
    ) =>
        decision switch
        {
            Decision.Refused { Why: NotToBeNamed why } => ApiProblem.Unprocessable(
                person,
                await answers.Plain(why.Sentence, cancel)
            ),
            Decision.Refused { Why: AssignedThoughOverloaded why } => ApiProblem.Unprocessable(
                AllTheSame,
                await answers.Plain(why.Sentence, cancel)
            ),
            _ => await reads.Answer(decision, call, cancel),
        };

    private async Task<ApiAnswer> Tell(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, RequestRights.Tell, cancel);
        return problem is not null
            ? problem
            : await reads.Answer(
                await tell.Submit(
                    new Submission<RequestRef>(
                        call.Envelope(),
                        new RequestRef(seen!.Id),
                        call.Form((TellCustomer.To, To), (TellCustomer.On, On))
                    ),
                    cancel
                ),
                Names,
                call,
                cancel
            );
    }

    private async Task<ApiAnswer> End(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, RequestRights.End, cancel);
        return problem is not null
            ? problem
            : await reads.Answer(
                await end.Submit(
                    new Submission<RequestRef>(
                        call.Envelope(),
                        new RequestRef(seen!.Id),
                        call.Form((EndAssignment.Why, Why))
                    ),
                    cancel
                ),
                Names,
                call,
                cancel
            );
    }
}
