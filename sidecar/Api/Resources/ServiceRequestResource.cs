using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.ServiceRequests;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Api.Resources;

/// <summary>Service requests over the API: read, prepared and moved on, as by commands and forms (SRV-1 to SRV-3).</summary>
internal sealed class ServiceRequestResource(
    Store store,
    ServiceRequestStore requests,
    IEnumerable<ServiceMove> moves,
    PrepareServiceRequest prepare,
    EscalationStore escalations,
    ApiChannels channels,
    TimelinePages timelines,
    ApiAnswers answers,
    ApiCursor cursor
)
{
    private const string All = "all";
    private const string Move = "move";
    private const string AgreedBy = "agreedBy";
    private const string From = "from";

    private static readonly ApiField Id = new("id", FieldType.Text, "Its number, as in SRV-3.")
    {
        MaxLength = 40,
    };

    /// <summary>Changing the statement of work is no move: it is a form of its own.</summary>
    private static readonly ImmutableArray<ServiceMoveName> Moves =
    [
        ServiceMoves.Sign,
        ServiceMoves.Start,
        ServiceMoves.Deliver,
        ServiceMoves.Accept,
        ServiceMoves.Return,
        ServiceMoves.Complete,
        ServiceMoves.Cancel,
    ];

    /// <summary>The form's fields by the body's members, where they are called otherwise.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [ServiceForm.StartsOn] = "startsOn",
        [ServiceForm.DueOn] = "dueOn",
        [ServiceForm.AgreedBy] = AgreedBy,
    };

    /// <summary>What a statement of work says.</summary>
    private static readonly ImmutableArray<ApiField> Work =
    [
        new(ServiceForm.Title, FieldType.Text, "What it is, in one line.")
        {
            MaxLength = ServiceRequest.MaxTitleLength,
        },
        new(ServiceForm.Delivers, FieldType.Text, "What the customer gets.")
        {
            MaxLength = ServiceRequest.MaxTextLength,
        },
        new(ServiceForm.By, FieldType.Person, "Who delivers it."),
        new("startsOn", FieldType.Day, "When the work begins."),
        new("dueOn", FieldType.Day, "By when it is delivered."),
        new(ServiceForm.Days, FieldType.Amount, "How much work it is, in days.")
        {
            Max = (long)StatementOfWork.MostDays,
        },
    ];

    private static readonly ImmutableArray<string> MoveFields =
    [
        ServiceForm.How,
        ServiceForm.Who,
        ServiceForm.On,
        ServiceForm.Note,
        ServiceForm.Text,
        ServiceForm.Maintainer,
    ];

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "listServiceRequests",
            "GET",
            "/service-requests",
            "List service requests",
            TokenScope.ReadServices
        )
        {
            Tag = "Service requests",
            Description = "What is due first comes first; what is over comes after that.",
            Query = [new(All, FieldType.Flag, "Also those that are over."), .. Paging.Fields],
            Result = ApiJson.Default.ServiceRequestPage,
            Run = (parts, call, cancel) => Of(parts).List(call, cancel),
        },
        new(
            "getServiceRequest",
            "GET",
            "/service-requests/{id}",
            "Read a service request",
            TokenScope.ReadServices
        )
        {
            Tag = "Service requests",
            PathFields = [Id],
            Result = ApiJson.Default.ServiceRequestView,
            Refusals = [404],
            Run = Read,
        },
        TimelinePages.Operation(
            "listServiceTimeline",
            "/service-requests/{id}",
            "Show what happened to a service request",
            TokenScope.ReadServices,
            "Service requests",
            Id,
            (parts, call, cancel) => Of(parts).Timeline(call, cancel)
        ),
        new(
            "prepareServiceRequest",
            "POST",
            "/service-requests",
            "Prepare a service request",
            TokenScope.WriteServices
        )
        {
            Tag = "Service requests",
            Description =
                "Its card is posted to the channel, which the token's owner must be in. Work begins when the customer has signed off. One that is made of an escalation stands where that stands, and the escalation is closed and goes on as it.",
            Body =
            [
                new(ServiceForm.Customer, FieldType.Text, "Key or name.")
                {
                    IsRequired = true,
                    MaxLength = Customer.MaxNameLength,
                },
                .. Work.Select(f =>
                    f with
                    {
                        IsRequired = f.Name is not (ServiceForm.By or "startsOn"),
                    }
                ),
                ApiChannels.Field,
                new(
                    From,
                    FieldType.Text,
                    "The escalation for a custom solution of which it is made, as in ESC-12."
                )
                {
                    MaxLength = 40,
                },
            ],
            Success = 201,
            Result = ApiJson.Default.ServiceRequestView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Prepare(call, cancel),
            Again = (parts, call, cancel) => Of(parts).Prepared(call, cancel),
        },
        new(
            "changeServiceRequest",
            "PATCH",
            "/service-requests/{id}",
            "Change a statement of work",
            TokenScope.WriteServices
        )
        {
            Tag = "Service requests",
            Description =
                "What is not sent stays as it is. If the customer has signed it off, they sign off again, unless it says who agreed.",
            PathFields = [Id],
            Body =
            [
                .. Work.Select(f => f with { CanBeNull = f.Name is ServiceForm.By or "startsOn" }),
                new(AgreedBy, FieldType.Text, "Who at the customer agreed to the change.")
                {
                    MaxLength = ServiceRequest.MaxTitleLength,
                },
                new(ServiceForm.How, FieldType.Choice, "How they said so.")
                {
                    Choices = ["verbally", "in-writing"],
                },
            ],
            Result = ApiJson.Default.ServiceRequestView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Change(call, cancel),
        },
        new(
            "moveServiceRequest",
            "POST",
            "/service-requests/{id}/moves",
            "Move a service request on",
            TokenScope.WriteServices
        )
        {
            Tag = "Service requests",
            Description =
                "“signed” takes how and who; “deliver”, “return” and “cancel” take text; “accept” takes who; “complete” takes maintainer. With If-Match it is made only on what was read.",
            PathFields = [Id],
            Body =
            [
                new(Move, FieldType.Choice, "Which move.")
                {
                    IsRequired = true,
                    Choices = [.. Moves.Select(m => m.Name)],
                },
                new(ServiceForm.How, FieldType.Choice, "How the customer said so.")
                {
                    Choices = ["verbally", "in-writing"],
                },
                new(ServiceForm.Who, FieldType.Text, "Who at the customer; which vendor.")
                {
                    MaxLength = ServiceForm.LongestLine,
                },
                new(ServiceForm.On, FieldType.Day, "When they said so; today unless it is sent."),
                new(ServiceForm.Note, FieldType.Text, "Where it is written.")
                {
                    MaxLength = ServiceForm.LongestLine,
                },
                new(ServiceForm.Text, FieldType.Text, "What was delivered, what is wrong, why.")
                {
                    MaxLength = ServiceRequest.MaxTextLength,
                },
                new(ServiceForm.Maintainer, FieldType.Choice, "Who keeps it working.")
                {
                    Choices = [.. ServiceWords.Maintainers.Select(m => m.Code)],
                },
            ],
            Result = ApiJson.Default.ServiceRequestView,
            Refusals = [404, 409, 412, 422],
            Run = (parts, call, cancel) => Of(parts).Make(call, cancel),
            Again = Read,
        },
    ];

    private static ServiceRequestResource Of(IServiceProvider parts) =>
        parts.GetRequiredService<ServiceRequestResource>();

    /// <summary>How one stands now, for its reader.</summary>
    public static Task<ApiAnswer> Read(
        IServiceProvider parts,
        ApiCall call,
        CancellationToken cancel
    ) => Of(parts).Get(call, cancel);

    private async Task<ApiAnswer> List(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(ServiceRights.Read, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var all = call[All] == "true";
        var name = all ? "services.all" : "services";
        if (cursor.Read(name, call, out var after) is { } wrong)
        {
            return wrong;
        }

        var page = await store.List(
            ServiceIndexes.Kind,
            ServiceIndexes.ByDue,
            all ? IndexKey.Empty : ServiceIndexes.Open,
            after,
            call.Limit,
            cancel
        );
        var next = cursor.Write(name, call.User, page.Next);
        return new ApiAnswer.OfValue(
            new ApiPage<ServiceRequestView>(
                await Views([.. page.Items.Select(i => i.Value)], cancel),
                next
            )
        )
        {
            Next = next,
        };
    }

    private async Task<ApiAnswer> Get(ApiCall call, CancellationToken cancel) =>
        await Find(call, ServiceRights.Read, cancel) switch
        {
            (_, { } problem) => problem,
            (var found, _) => new ApiAnswer.OfValue((await Views([found!], cancel))[0]),
        };

    private async Task<ApiAnswer> Timeline(ApiCall call, CancellationToken cancel) =>
        await Find(call, ServiceRights.Read, cancel) switch
        {
            (_, { } problem) => problem,
            (var found, _) => await timelines.Page(
                call,
                (before, limit, stop) => requests.LatestHistory(found!.Id, before, limit, stop),
                (fact, isOurs) => fact.ToldTo(isOurs),
                cancel
            ),
        };

    private async Task<ApiAnswer> Prepare(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(ServiceRights.Prepare, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var (former, notThere) = await Former(call, cancel);
        var (channel, wrong) = former is null
            ? await channels.Read(call, cancel)
            : (former.Channel, null);
        if ((notThere ?? wrong) is { } problem)
        {
            return problem;
        }

        var (by, nobody) = await answers.Named(call, ServiceForm.By, cancel);
        if (nobody is not null)
        {
            return nobody;
        }

        var answered = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ServiceForm.Customer] = call[ServiceForm.Customer]!,
            [ServiceForm.Title] = call[ServiceForm.Title]!,
            [ServiceForm.Delivers] = call[ServiceForm.Delivers]!,
            [ServiceForm.By] = by?.Value ?? "",
            [ServiceForm.StartsOn] = call["startsOn"] ?? "",
            [ServiceForm.DueOn] = call["dueOn"]!,
            [ServiceForm.Days] = call[ServiceForm.Days]!,
        };
        var reply = await prepare.Submit(
            new Submission<NewServiceRequest>(
                call.Envelope(channel),
                new NewServiceRequest(former?.Id),
                new FormAnswers(answered, Asked: null)
            ),
            cancel
        );
        return await answers.Of(reply, Names, cancel) is { } refusal
            ? refusal
            : await Prepared(call, cancel);
    }

    /// <summary>The escalation of which it is made; null when it is made of none.</summary>
    private async ValueTask<(Escalation? Former, ApiProblem? Problem)> Former(
        ApiCall call,
        CancellationToken cancel
    ) =>
        call[From] is not { Length: > 0 } from ? (null, null)
        : EscalationId.Read(from) is { } id
        && await escalations.Find(id, cancel) is { Value: var former }
            ? (former, null)
        : (null, ApiProblem.Unprocessable(From, "There is no such escalation."));

    private async Task<ApiAnswer> Prepared(ApiCall call, CancellationToken cancel) =>
        await answers.Made(call, ServiceIndexes.Kind, cancel) is { } made
            ? new ApiAnswer.OfValue((await Views([made], cancel))[0])
            {
                Location = $"/service-requests/{made.Id}",
            }
            : ApiProblem.Conflict("Nothing was prepared.");

    private async Task<ApiAnswer> Change(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await Find(call, ServiceRights.Edit, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (found!.SignOff is null && call[AgreedBy] is { Length: > 0 })
        {
            return ApiProblem.Unprocessable([
                new ApiError(
                    "/" + AgreedBy,
                    "It waits for the sign-off of the whole: that is the move “signed”."
                ),
            ]);
        }

        var (by, nobody) = await answers.Named(call, ServiceForm.By, cancel);
        if (nobody is not null)
        {
            return nobody;
        }

        return await Make(
            call,
            ServiceRights.Edit,
            ServiceMoves.Edit.Name,
            seen =>
            {
                var values = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [ServiceForm.Title] = seen.Sow.Title,
                    [ServiceForm.Delivers] = seen.Sow.Delivers,
                    [ServiceForm.By] = seen.Sow.By?.Value ?? "",
                    [ServiceForm.StartsOn] = seen.Sow.StartsOn is { } on
                        ? CalendarDay.Write(on)
                        : "",
                    [ServiceForm.DueOn] = CalendarDay.Write(seen.Sow.DueOn),
                    [ServiceForm.Days] = seen.Sow.Days.ToString(CultureInfo.InvariantCulture),
                    [ServiceForm.AgreedBy] = "",
                    [ServiceForm.How] = "",
                };
                var untouched = new List<AskedField>();
                foreach (var field in values.Keys.ToList())
                {
                    if (call[Names.GetValueOrDefault(field, field)] is { } sent)
                    {
                        values[field] = field == ServiceForm.By ? by?.Value ?? "" : sent;
                    }
                    else
                    {
                        untouched.Add(
                            new AskedField(field, FieldKind.Text, true, Preset: values[field])
                        );
                    }
                }

                return new FormAnswers(values, untouched);
            },
            cancel
        );
    }

    private Task<ApiAnswer> Make(ApiCall call, CancellationToken cancel) =>
        Make(
            call,
            ServiceRights.AnyMove,
            call[Move]!,
            _ => new FormAnswers(
                MoveFields.ToDictionary(f => f, f => call[f] ?? "", StringComparer.Ordinal),
                Asked: null
            ),
            cancel
        );

    private async Task<ApiAnswer> Make(
        ApiCall call,
        Permission permission,
        string name,
        Func<ServiceRequest, FormAnswers> filled,
        CancellationToken cancel
    )
    {
        var (seen, problem) = await Find(call, permission, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (
            call.IfMatch is not null
            && call.IsOutdated(
                (await Views([seen!], cancel))[0],
                ApiJson.Default.ServiceRequestView
            )
        )
        {
            return ApiProblem.ChangedSince;
        }

        var exactly = call.IfMatch is null ? null : Written(seen!);
        var move = moves.First(m => m.Name == name);
        var reply = await move.Submit(
            new Submission<ServiceMoveRef>(
                call.Envelope(seen!.Channel),
                new ServiceMoveRef(seen.Id, move.Name),
                filled(seen)
            ),
            cancel,
            current =>
                exactly is null || exactly.AsSpan().SequenceEqual(Written(current))
                    ? null
                    : new ChangedSince()
        );
        return await answers.Of(reply, Names, cancel) is { } refused
            ? refused
            : new ApiAnswer.OfValue(
                (await Views([(await requests.Find(seen.Id, cancel))!.Value], cancel))[0]
            );
    }

    private async ValueTask<(ServiceRequest? Found, ApiProblem? Problem)> Find(
        ApiCall call,
        Permission permission,
        CancellationToken cancel
    )
    {
        if (await answers.WhyNot(permission, call.User, cancel) is { } refused)
        {
            return (null, refused);
        }

        if (ServiceRequestId.Read(call[Id.Name] ?? "") is not { } id)
        {
            return (null, ApiProblem.NotFound("That is not the number of a service request."));
        }

        return await requests.Find(id, cancel) is { Value: var request }
            ? (request, null)
            : (null, await answers.Of(new NoSuchServiceRequest(id), cancel));
    }

    private async ValueTask<IReadOnlyList<ServiceRequestView>> Views(
        IReadOnlyList<ServiceRequest> shown,
        CancellationToken cancel
    )
    {
        await answers.Know(
            shown.SelectMany(r => new UserId?[] { r.PreparedBy, r.StateBy, r.Sow.By }),
            cancel
        );
        return [.. shown.Select(View)];
    }

    private ServiceRequestView View(ServiceRequest it) =>
        new(
            it.Id.ToString(),
            it.CustomerName,
            it.Sow.Title,
            it.Sow.Delivers,
            answers.Person(it.Sow.By),
            it.Sow.StartsOn,
            it.Sow.DueOn,
            it.Sow.Days,
            JsonNamingPolicy.KebabCaseLower.ConvertName($"{it.State}"),
            it.StateSince,
            it.StateReason.Length == 0 ? null : it.StateReason,
            answers.Person(it.PreparedBy),
            it.PreparedAt,
            it.Former?.Id.ToString(),
            it.SignOff?.Who,
            it.SignOff?.On,
            it.Delivery.Length == 0 ? null : it.Delivery,
            it.Acceptance?.Who,
            it.Acceptance?.On,
            it.Maintenance is { } plan ? ServiceWords.Maintainers.Code(plan.By) : null,
            [.. ServiceMoves.On(it).Where(m => Moves.Contains(m)).Select(m => m.Name)]
        );

    private static byte[] Written(ServiceRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, ServiceJson.Default.ServiceRequest);
}
