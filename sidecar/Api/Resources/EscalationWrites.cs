using System.Collections.Immutable;
using System.Text.Json;
using Sidecar.Chat;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Escalations raised and changed over the API: what people do with commands, buttons and forms.</summary>
internal sealed class EscalationWrites(
    EscalationStore book,
    EscalationIntake intakes,
    CustomerStore customers,
    RoutingStore routing,
    MoveEscalation moves,
    AssignEscalation assign,
    EditEscalation edit,
    PostUpdate post,
    UpdateHistory history,
    PeopleDirectory people,
    ApiChannels channels,
    EscalationViews views,
    EscalationReads reads,
    ApiAnswers answers
)
{
    private const string Anyway = "anyway";
    private const string Move = "move";
    private const string Words = "words";
    private const string Owner = "owner";

    private static readonly ApiField EvenIfOpen = new(
        "evenIfOpen",
        FieldType.Flag,
        "Raise it although the customer has an open one of the same category. A Sev 1 or 2 never waits for this."
    );

    private static readonly IReadOnlyDictionary<string, string> UpdateNames = new Dictionary<
        string,
        string
    >(StringComparer.Ordinal)
    {
        [UpdateForm.Impact] = "customerImpact",
        [UpdateForm.Notes] = "technicalNotes",
        [UpdateForm.NextAt] = "nextUpdateAt",
        [UpdateForm.BeganAt] = "beganAt",
    };

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "raiseEscalation",
            "POST",
            "/escalations",
            "Raise an escalation",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            Description =
                "Its card is posted to the channel, which the token's owner must be in, or without one to the channel of Deployment Engineering.",
            Body =
            [
                .. EscalationFieldsOfApi.Members.Select(m =>
                    m.Name is "customer" or "severity" or "summary"
                        ? m with
                        {
                            IsRequired = true,
                        }
                        : m
                ),
                ApiChannels.Field,
                EvenIfOpen,
            ],
            Success = 201,
            Result = ApiJson.Default.EscalationView,
            Refusals = [409, 422],
            Run = (parts, call, cancel) => Of(parts).Raise(call, cancel),
            Again = (parts, call, cancel) => Of(parts).Raised(call, cancel),
        },
        new(
            "changeEscalation",
            "PATCH",
            "/escalations/{id}",
            "Change what an escalation says",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            Description =
                "What is not sent stays as it is. Another customer is only asked for by whose owner may not read customers: it stays as it is until a lead has changed it.",
            PathFields = [EscalationFieldsOfApi.Id],
            Body = EscalationFieldsOfApi.Members,
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Change(call, cancel),
        },
        new(
            "moveEscalation",
            "POST",
            "/escalations/{id}/moves",
            "Move an escalation on",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            Description =
                "Acknowledge, investigate, resolve, close … Which moves are possible now, and for the token's owner, is in the escalation's “moves”. With If-Match it is made only on what was read.",
            PathFields = [EscalationFieldsOfApi.Id],
            Body =
            [
                new(Move, FieldType.Choice, "Which move.")
                {
                    IsRequired = true,
                    Choices = [.. MoveNames.All],
                },
                new(
                    Words,
                    FieldType.Text,
                    "What solved it, why, or who confirmed it: what the move asks for."
                )
                {
                    MaxLength = Escalation.MaxLongTextLength,
                },
            ],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409, 412, 422],
            Run = (parts, call, cancel) => Of(parts).Make(call, cancel),
            Again = EscalationReads.Read,
        },
        new(
            "assignEscalation",
            "POST",
            "/escalations/{id}/owner",
            "Give an escalation to somebody",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            PathFields = [EscalationFieldsOfApi.Id],
            Body =
            [
                new(
                    Owner,
                    FieldType.Person,
                    "Whom: the id in Mattermost, or the at-name as in @name."
                )
                {
                    IsRequired = true,
                },
                new(Anyway, FieldType.Flag, "Even if they have said that they are overloaded."),
            ],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409, 412, 422],
            Run = (parts, call, cancel) => Of(parts).Assign(call, cancel),
            Again = EscalationReads.Read,
        },
        new(
            "postUpdate",
            "POST",
            "/escalations/{id}/updates",
            "Post a status update",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            Description =
                "It is posted as one from the form is, and moves the escalation to its status. Times are taken to the minute.",
            PathFields = [EscalationFieldsOfApi.Id],
            Body =
            [
                new("summary", FieldType.Text, "What is going on.")
                {
                    IsRequired = true,
                    MaxLength = Escalation.MaxLongTextLength,
                },
                new("status", FieldType.Choice, "Where it stands; as it is unless it is sent.")
                {
                    Choices = [.. UpdateText.Statuses.Select(s => Vocabulary.States.Code(s))],
                },
                new("customerImpact", FieldType.Text, "What it does to the customer.")
                {
                    MaxLength = Escalation.MaxLongTextLength,
                },
                new("technicalNotes", FieldType.Text, "For engineers.")
                {
                    MaxLength = Escalation.MaxLongTextLength,
                },
                new(
                    "nextUpdateAt",
                    FieldType.Moment,
                    "When the next one is due; null: none is; without it, as the severity says."
                )
                {
                    CanBeNull = true,
                },
                new("beganAt", FieldType.Moment, "When the incident began."),
            ],
            Success = 201,
            Result = ApiJson.Default.UpdateView,
            Refusals = [404, 409, 412, 422],
            Run = (parts, call, cancel) => Of(parts).Post(call, cancel),
            Again = (parts, call, cancel) => Of(parts).Posted(call, cancel),
        },
    ];

    private static EscalationWrites Of(IServiceProvider parts) =>
        parts.GetRequiredService<EscalationWrites>();

    private async Task<ApiAnswer> Raise(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(EscalationRights.Raise, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var form = EscalationFieldsOfApi.Form(
            call,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [IntakeForm.Category] = Vocabulary.Categories.Code(Vocabulary.DefaultCategory),
                [IntakeForm.Impact] = Vocabulary.AsSeverity,
                [IntakeForm.Effort] = Vocabulary.Efforts.Code(EffortEstimate.Medium),
            }.ToImmutableDictionary(StringComparer.Ordinal)
        );
        var (intake, problems) = IntakeForm.Read(form);
        if (intake is null)
        {
            return EscalationFieldsOfApi.Problem(problems);
        }

        var (channel, wrong) = await ChannelOf(call, cancel);
        if (wrong is not null)
        {
            return wrong;
        }

        var evenIfOpen = call[EvenIfOpen.Name] == "true";
        if (!intake.IsUrgent && !evenIfOpen && await Same(intake, cancel) is { } same)
        {
            return ApiProblem.Conflict(
                $"{same.CustomerName} has {same.Id} open in the same category, and nothing was raised. If yours is another problem, send {EvenIfOpen.Name}: true."
            );
        }

        return
            await intakes.Raise(
                intake,
                call.Envelope(channel),
                evenIfOpen || !intake.IsUrgent,
                cancel
            )
                is Raising.Raised { Escalation: var raised }
            ? await Raised(raised, call, cancel)
            : ApiProblem.Conflict("Nothing was raised.");
    }

    private async Task<ApiAnswer> Raised(ApiCall call, CancellationToken cancel) =>
        await answers.Made(call, EscalationIndexes.Kind, cancel) is { } raised
            ? await Raised(raised, call, cancel)
            : ApiProblem.Conflict("Nothing was raised.");

    private async ValueTask<ApiAnswer> Raised(
        Escalation raised,
        ApiCall call,
        CancellationToken cancel
    ) =>
        new ApiAnswer.OfValue(await views.Of(raised, call.User, cancel))
        {
            Location = $"/escalations/{raised.Id}",
        };

    private async ValueTask<Escalation?> Same(IntakeRequest intake, CancellationToken cancel) =>
        await customers.Find(intake.CustomerName, cancel) is var (key, known)
            ? await intakes.SameOpen(
                known is null
                    ? EscalationIndexes.Unknown(intake.CustomerName)
                    : EscalationIndexes.Of(key),
                intake.Category,
                cancel
            )
            : null;

    /// <summary>Where its card will stand: nobody raises it in a channel that they could not write to.</summary>
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
            (await routing.Setup(cancel)).ChannelOf(OwningTeam.DeploymentEngineering)
                is { Id: var teams }
            ? (teams, null)
            : (
                default,
                ApiChannels.Problem(
                    "Name the channel: no channel was chosen for Deployment Engineering in which it could stand."
                )
            );
    }

    private async Task<ApiAnswer> Change(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await Read(call, EscalationRights.Edit, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var (intake, problems) = IntakeForm.Read(
            EscalationFieldsOfApi.Form(call, IntakeForm.Values(seen!.Text))
        );
        return intake is null
            ? EscalationFieldsOfApi.Problem(problems)
            : await Answer(
                (
                    await edit.Edit(seen.Id, seen.Text, intake, call.Envelope(seen.Channel), cancel)
                ).Decision,
                seen,
                call.User,
                cancel
            );
    }

    private async Task<ApiAnswer> Make(ApiCall call, CancellationToken cancel)
    {
        var move = MoveNames.Read(call[Move]!);
        var (seen, problem) = await Read(call, EscalationRights.AnyMove, cancel);
        if (problem is not null)
        {
            return problem;
        }

        return await Answer(
            await moves.Make(
                seen!.Id,
                move,
                (call[Words] ?? "").Trim(),
                call.User,
                cancel,
                Exactly(call, seen)
            ),
            seen,
            call.User,
            cancel
        );
    }

    /// <summary>
    /// With <c>If-Match</c>, what was read must still be there when it is decided: looked at in the same commit, so nobody
    /// comes in between.
    /// </summary>
    public static Func<Escalation, Refusal?>? Exactly(ApiCall call, Escalation seen)
    {
        if (call.IfMatch is null)
        {
            return null;
        }

        var exactly = Written(seen);
        return current =>
            exactly.AsSpan().SequenceEqual(Written(current)) ? null : new ChangedSince();
    }

    private static byte[] Written(Escalation escalation) =>
        JsonSerializer.SerializeToUtf8Bytes(escalation, EscalationJson.Default.Escalation);

    private async Task<ApiAnswer> Assign(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await Read(call, EscalationRights.Assign, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (await answers.Meant(call[Owner]!, cancel) is not { } owner)
        {
            return NotOwner(ApiAnswers.NobodyLikeThat);
        }

        var reply = await assign.Assign(
            seen!.Id,
            owner,
            call.User,
            call[Anyway] == "true",
            cancel,
            Exactly(call, seen)
        );
        return reply switch
        {
            Reply.Whisper { Because: { } why } => await answers.Of(why, cancel),
            Reply.Whisper { IsRefusal: true, Text: var why } => NotOwner(
                await answers.Plain(why, cancel)
            ),
            _ => await Now(seen.Id, call.User, cancel),
        };

        static ApiProblem NotOwner(string why) => ApiProblem.Unprocessable(Owner, why);
    }

    private async Task<ApiAnswer> Post(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await Read(call, EscalationRights.Updates, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var zone = await people.ZoneOf(call.User, cancel);
        var answered = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [UpdateForm.Summary] = call["summary"]!,
            [UpdateForm.Status] = call["status"] ?? "",
            [UpdateForm.Impact] = call["customerImpact"] ?? "",
            [UpdateForm.Notes] = call["technicalNotes"] ?? "",
            [UpdateForm.NextAt] = call["nextUpdateAt"] switch
            {
                null => "",
                "" => NoneWord.Text,
                var at => UpdateForm.Typed(ApiField.Moment(at)!.Value, zone),
            },
            [UpdateForm.BeganAt] = call["beganAt"] is { } began
                ? UpdateForm.Typed(ApiField.Moment(began)!.Value, zone)
                : "",
        };
        var reply = await post.Post(
            new Submission<UpdateState>(
                call.Envelope(seen!.Channel),
                new UpdateState(seen.Id, seen.State, "", ""),
                new FormAnswers(answered, Asked: null)
            ),
            Exactly(call, seen),
            cancel
        );
        return await answers.Of(reply, UpdateNames, cancel) is { } refused
            ? refused
            : await Posted(call, cancel);
    }

    /// <summary>The update that the token's owner posted last.</summary>
    private async Task<ApiAnswer> Posted(ApiCall call, CancellationToken cancel)
    {
        var id = EscalationFieldsOfApi.IdOf(call)!.Value;
        var mine = (await history.Page(id, before: null, 10, cancel)).Items.FirstOrDefault(u =>
            u.Value.Update.By == call.User
        );
        await answers.Know([call.User], cancel);
        return mine is { Value.Update: var update }
            ? new ApiAnswer.OfValue(reads.View(update, withNotes: true))
            : ApiProblem.Conflict("The update was not posted.");
    }

    /// <summary>The escalation as it is now, for who may go on with it as far as that can be said before deciding.</summary>
    public async ValueTask<(Escalation? Seen, ApiProblem? Problem)> Read(
        ApiCall call,
        Permission permission,
        CancellationToken cancel
    )
    {
        if (await answers.WhyNot(permission, call.User, cancel) is { } refused)
        {
            return (null, refused);
        }

        if (EscalationFieldsOfApi.IdOf(call) is not { } id)
        {
            return (null, ApiProblem.NotFound("That is not the number of an escalation."));
        }

        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return (null, await answers.Of(new NoSuchEscalation(id), cancel));
        }

        return
            call.IfMatch is not null
            && call.IsOutdated(
                await views.Of(escalation, call.User, cancel),
                ApiJson.Default.EscalationView
            )
            ? (null, ApiProblem.ChangedSince)
            : (escalation, null);
    }

    /// <summary>What became of an escalation: how it stands now, or why nothing was done.</summary>
    public async ValueTask<ApiAnswer> Answer(
        Decision decision,
        Escalation seen,
        UserId reader,
        CancellationToken cancel
    ) =>
        decision switch
        {
            // What is so already was asked for, and is so.
            Decision.Refused { Why: NothingToChange } => await Now(seen.Id, reader, cancel),
            Decision.Refused { Why: var why } => await answers.Of(why, cancel),
            _ => await Now(seen.Id, reader, cancel),
        };

    private async ValueTask<ApiAnswer> Now(
        EscalationId id,
        UserId reader,
        CancellationToken cancel
    ) =>
        new ApiAnswer.OfValue(await views.Of((await book.Find(id, cancel))!.Value, reader, cancel));
}
