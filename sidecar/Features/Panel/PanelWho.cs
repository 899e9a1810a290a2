using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Panel;

/// <summary>
/// Asks for a person where cards have a menu of people, and does it by the command that people would type: with its
/// rights, its rules and its words.
/// </summary>
internal sealed class PanelWho(EscalationStore book, Router router, IChat chat)
    : IDialog<PanelWhoRef>
{
    private const string Person = "person";

    public static Permission Permission { get; } =
        new("name somebody", [.. Roles.Engineers, .. Roles.Leads])
        {
            Also = "whom the single command names",
        };

    public static DialogKey<PanelWhoRef> Key { get; } =
        new("panel.who", PanelWhoJson.Default.PanelWhoRef);

    /// <summary>Asks who shall own an escalation.</summary>
    public async Task<Reply> Ask(EscalationId id, UserId by, CancellationToken cancel) =>
        await book.Find(id, cancel) is not { Value: var escalation }
            ? Reply.No(new NoSuchEscalation(id))
        : await book.WouldRefuse(
            escalation,
            by,
            // Whoever owns it may give it to somebody else, and nobody can give it to themselves again.
            (current, actor, now) => current.Assign(current.Owner == by ? default : by, actor, now),
            cancel
        )
            is { } why
            ? Reply.No(why)
        : Open(
            new PanelWhoRef(PanelAct.Assign, $"{id}"),
            $"Assign {id}",
            Markdown.Of($"**{escalation.CustomerName}**: {escalation.Summary}")
        );

    /// <summary>Asks who shall have a part in an assignment; null for anything else.</summary>
    public static Reply? Ask(PanelAct act, AssignmentId id) =>
        act switch
        {
            PanelAct.Assign => Open(
                new PanelWhoRef(act, $"{id}"),
                $"Engineer of {id}",
                Markdown.Of(
                    $"A support engineer, who is told at once, as are the CE and whoever requested it."
                )
            ),
            PanelAct.BackUp => Open(
                new PanelWhoRef(act, $"{id}"),
                $"Back-up of {id}",
                Markdown.Of($"A support engineer, who is told at once.")
            ),
            PanelAct.HandOver => Open(
                new PanelWhoRef(act, $"{id}"),
                $"Hand {id} over",
                Markdown.Of($"A support engineer, who is asked to accept it.")
            ),
            _ => null,
        };

    public async Task<SubmissionReply> Submit(
        Submission<PanelWhoRef> submission,
        CancellationToken cancel
    )
    {
        if (
            !IdForm.Fits(submission[Person])
            || await chat.FindPerson(new UserId(submission[Person]), cancel) is not { } person
        )
        {
            return SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [Person] = "Choose somebody.",
                }
            );
        }

        var reply = await router.Command(
            submission.Envelope,
            Line(submission.State, person.Username),
            Mentions.None with
            {
                Users = ImmutableDictionary<string, UserId>.Empty.Add(person.Username, person.Id),
            },
            cancel
        );
        return reply switch
        {
            Reply.Whisper { IsRefusal: true, Because: { } because } => SubmissionReply.No(because),
            Reply.Whisper { IsRefusal: true, Text: var why } => SubmissionReply.No(
                new NotNamed(why)
            ),
            // What it asks first can't be asked over this form: it says what to type instead.
            Reply.Ask ask => SubmissionReply.No(
                new NotNamed(Markdown.Of($"{ask.Form.Introduction} {ask.Otherwise}"))
            ),
            Reply.Whisper { Text: var said } => SubmissionReply.DoneInSight(said),
            _ => SubmissionReply.Close,
        };
    }

    private static string Line(PanelWhoRef wanted, string name) =>
        (wanted.Act, AssignmentId.Read(wanted.Id)) switch
        {
            (PanelAct.BackUp, { } id) => $"engineer backup {id} @{name}",
            (PanelAct.HandOver, { } id) => $"engineer handover {id} to @{name}",
            (_, { } id) => $"engineer assign {id} @{name}",
            _ => $"assign {wanted.Id} @{name}",
        };

    private static Reply Open(PanelWhoRef wanted, string title, Markdown introduction) =>
        Key.Open(
            new DialogForm(title, [new DialogField(Person, "Who?", FieldKind.Person)])
            {
                Introduction = introduction,
                SubmitLabel = wanted.Act == PanelAct.HandOver ? "Ask them" : "Assign",
            },
            wanted,
            Markdown.Of(
                $"Write it as a command instead: {Markdown.Code($"/{SlashCommand.Trigger} {Line(wanted, "name")}")}"
            )
        );
}

/// <summary>Who is asked for: for which act, with what.</summary>
internal sealed record PanelWhoRef(PanelAct Act, string Id);

/// <summary>Nobody was named.</summary>
internal sealed record NotNamed(Markdown Why) : Refusal(Why);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(PanelWhoRef))]
internal sealed partial class PanelWhoJson : JsonSerializerContext;
