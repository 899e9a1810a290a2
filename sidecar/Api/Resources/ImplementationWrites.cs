using System.Collections.Immutable;
using System.Text.Json;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

using Decision = Decision<Implementation, ImplementationFact>;

/// <summary>Implementation requests made and taken on over the API: what people do with commands, buttons and forms (IMP-1 to IMP-7).</summary>
internal sealed class ImplementationWrites(
    Store store,
    ImplementationStore book,
    RequestImplementation request,
    ImplementationResource reads,
    ApiChannels channels,
    ApiAnswers answers
)
{
    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "requestImplementation",
            "POST",
            "/implementations",
            "Request an implementation",
            TokenScope.WriteImplementations
        )
        {
            Tag = ImplementationResource.Tag,
            Description =
                "Its card stands in the channel of implementation requests. The channel of the request says in which team its own is opened later; without one it is the channel of implementation requests.",
            Body =
            [
                new(RequestImplementation.CustomerField, FieldType.Text, "Key or name.")
                {
                    IsRequired = true,
                    MaxLength = Customer.MaxNameLength,
                },
                .. ImplementationStepsOfApi.Details.Select(f =>
                    f.Member with
                    {
                        IsRequired = f.Field == DetailFields.Type,
                        CanBeNull = false,
                    }
                ),
                ApiChannels.Field,
            ],
            Success = 201,
            Result = ApiJson.Default.ImplementationView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Request(call, cancel),
            Again = (parts, call, cancel) => Of(parts).Requested(call, cancel),
        },
        Step(
            ImplementationStepsOfApi.Edit,
            "changeImplementation",
            "",
            "Correct what an implementation request says",
            "PATCH"
        ),
        Step(
            ImplementationStepsOfApi.Score,
            "scoreImplementation",
            "/scores",
            "Score an implementation request"
        ),
        Step(
            ImplementationStepsOfApi.Decide,
            "decideImplementation",
            "/decision",
            "Decide about an implementation request"
        ),
        Step(
            ImplementationStepsOfApi.Word,
            "giveWordOnImplementation",
            "/words",
            "Give leadership's opinion on an implementation request"
        ),
        Step(
            ImplementationStepsOfApi.People,
            "namePeopleOfImplementation",
            "/people",
            "Say who has a part in an implementation"
        ),
        Step(
            ImplementationStepsOfApi.Documents,
            "linkDocumentsOfImplementation",
            "/documents",
            "Link the documents of an implementation"
        ),
        Step(
            ImplementationStepsOfApi.Start,
            "startImplementation",
            "/start",
            "Start the hand-off of an implementation"
        ),
        Step(
            ImplementationStepsOfApi.Dates,
            "planImplementation",
            "/dates",
            "Plan the dates of an implementation"
        ),
        Step(
            ImplementationStepsOfApi.Requirement,
            "setRequirementOfImplementation",
            "/requirements",
            "Check off, skip or reopen a requirement of an implementation"
        ),
        Step(
            ImplementationStepsOfApi.Complete,
            "completeImplementation",
            "/completion",
            "Complete an implementation"
        ),
        Step(
            ImplementationStepsOfApi.Withdraw,
            "withdrawImplementation",
            "/withdrawal",
            "Withdraw an implementation request"
        ),
    ];

    private static ImplementationWrites Of(IServiceProvider parts) =>
        parts.GetRequiredService<ImplementationWrites>();

    private static ApiOperation Step(
        ApiStep step,
        string id,
        string path,
        string summary,
        string method = "POST"
    ) =>
        new(id, method, "/implementations/{id}" + path, summary, TokenScope.WriteImplementations)
        {
            Tag = ImplementationResource.Tag,
            Description =
                $"The step “{step.Of.Word}” of the chat: whether it is possible now, and for the token's owner, is in the request's “steps”. What is not sent stays as it is.{(step.Fields.Any(f => f.Member.CanBeNull) ? " Null removes a value." : "")}{(method == "PATCH" ? "" : " With If-Match it is done only on what was read.")}",
            PathFields = [ImplementationResource.Id],
            Body = [.. step.Fields.Select(f => f.Member)],
            Result = ApiJson.Default.ImplementationView,
            Refusals = [404, 409, 412, 422],
            Run = (parts, call, cancel) => Of(parts).Make(step, step.Form(parts), call, cancel),
            Again = ImplementationResource.Read,
        };

    private async Task<ApiAnswer> Request(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(ImplementationRights.Request, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var (channel, problem) = await ChannelOf(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var answered = ImplementationStepsOfApi.Details.ToDictionary(
            f => f.Field,
            f => f.Said(call[f.Member.Name] ?? ""),
            StringComparer.Ordinal
        );
        answered[RequestImplementation.CustomerField] = call[RequestImplementation.CustomerField]!;
        var reply = await request.Submit(
            new Submission<NewImplementation>(
                call.Envelope(channel),
                new NewImplementation(""),
                new FormAnswers(answered, Asked: null)
            ),
            cancel
        );
        return await answers.Of(reply, ImplementationStepsOfApi.Edit.Names, cancel) is { } no
            ? no
            : await Requested(call, cancel);
    }

    private async Task<ApiAnswer> Requested(ApiCall call, CancellationToken cancel) =>
        await answers.Made(call, ImplementationIndexes.Kind, cancel) is { } made
            ? new ApiAnswer.OfValue(await reads.Shown(made, call.User, cancel))
            {
                Location = $"/implementations/{made.Id}",
            }
            : ApiProblem.Conflict("Nothing was requested.");

    private async ValueTask<(ChannelId Channel, ApiProblem? Problem)> ChannelOf(
        ApiCall call,
        CancellationToken cancel
    )
    {
        if (call[ApiChannels.Name] is not null)
        {
            return await channels.Read(call, cancel);
        }

        return
            await store.Find(ImplementationBoard.Kind, ImplementationBoard.Id, cancel)
                is { Value.Channel.Id: var board }
            ? (board, null)
            : (
                default,
                ApiChannels.Problem(
                    "Name the channel: no channel was chosen for implementation requests."
                )
            );
    }

    /// <summary>
    /// Does a step as its form would. What was not sent is filled with what stands there, so it is decided on that alone:
    /// when somebody changed it meanwhile, it is filled anew.
    /// </summary>
    private async Task<ApiAnswer> Make(
        ApiStep step,
        IStepForm form,
        ApiCall call,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var (seen, problem) = await Seen(step, call, cancel);
            if (problem is not null)
            {
                return problem;
            }

            var (filled, errors) = await Fill(step, seen!, call, cancel);
            if (errors.Count > 0)
            {
                return ApiProblem.Unprocessable(errors);
            }

            var (read, isOther) = (Written(seen!), false);
            var reply = await form.Submit(
                new Submission<ImplementationRef>(
                    call.Envelope(seen!.RequestedIn),
                    new ImplementationRef(seen.Id),
                    filled
                ),
                current =>
                {
                    isOther = !read.AsSpan().SequenceEqual(Written(current));
                    return isOther ? new ChangedSince() : null;
                },
                cancel
            );
            if (isOther && call.IfMatch is null)
            {
                continue;
            }

            return await answers.Of(reply, step.Names, cancel) is { } refused
                ? refused
                : new ApiAnswer.OfValue(
                    await reads.Shown((await book.Find(seen.Id, cancel))!.Value, call.User, cancel)
                );
        }
    }

    /// <summary>The request as it is now, for who may do the step to it.</summary>
    private async ValueTask<(Implementation? Seen, ApiProblem? Problem)> Seen(
        ApiStep step,
        ApiCall call,
        CancellationToken cancel
    )
    {
        var (seen, problem) = await reads.Find(call, cancel);
        if (problem is not null)
        {
            return (null, problem);
        }

        if (await answers.WhyNot(step.Of.Permission, call.User, cancel) is { } refused)
        {
            return (null, refused);
        }

        if (
            call.IfMatch is not null
            && call.IsOutdated(
                await reads.Shown(seen!, call.User, cancel),
                ApiJson.Default.ImplementationView
            )
        )
        {
            return (null, ApiProblem.ChangedSince);
        }

        var why = await book.WouldRefuse(
            seen!,
            call.User,
            (current, by, _) =>
                current.WhyNot(step.Of, by) is { } no ? no : new Decision.Accepted(current),
            cancel
        );
        return why is not null ? (null, await answers.Of(why, cancel))
            : step.Check?.Invoke(seen!, call) is { } wrong ? (null, wrong)
            : (seen, null);
    }

    /// <summary>The form as whoever sends this would fill it.</summary>
    private async ValueTask<(FormAnswers Filled, List<ApiError> Errors)> Fill(
        ApiStep step,
        Implementation seen,
        ApiCall call,
        CancellationToken cancel
    )
    {
        var (values, untouched, errors) = (
            new Dictionary<string, string>(StringComparer.Ordinal),
            new List<AskedField>(),
            new List<ApiError>()
        );
        foreach (var field in step.Fields)
        {
            if (call[field.Member.Name] is not { } sent)
            {
                values[field.Field] = field.Now?.Invoke(seen, call) ?? "";
                untouched.Add(
                    new AskedField(
                        field.Field,
                        FieldKind.Text,
                        Optional: true,
                        Preset: values[field.Field]
                    )
                );
            }
            else if (field.Member.Type != FieldType.Person || sent.Length == 0)
            {
                values[field.Field] = field.Said(sent);
            }
            else if (await answers.Meant(sent, cancel) is { } person)
            {
                values[field.Field] = person.Value;
            }
            else
            {
                errors.Add(new ApiError("/" + field.Member.Name, ApiAnswers.NobodyLikeThat));
            }
        }

        return (new FormAnswers(values, untouched), errors);
    }

    private static byte[] Written(Implementation it) =>
        JsonSerializer.SerializeToUtf8Bytes(it, ImplementationJson.Default.Implementation);
}
