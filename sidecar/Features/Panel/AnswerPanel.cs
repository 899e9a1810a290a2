using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Panel;

/// <summary><c>/escalate panel</c>: answers what the browser's panel asks, with data that nobody sees posted.</summary>
internal sealed class AnswerPanel(
    Router router,
    EscalationStore book,
    PanelLists lists,
    PanelDetails details,
    RoleStore roles,
    PanelTimelines timelines,
    PanelWork work,
    PanelRequests requests,
    PanelActs acts,
    PanelSetups setups,
    IncidentReaders readers,
    PanelPeople people,
    PanelNews news,
    TimeProvider clock
) : ISlashCommand
{
    private const string Path = "panel";

    private static readonly Parameter<string> Asked = Arguments
        .Rest("request", "What the panel asks.")
        .OrNothing() with
    {
        IsText = false,
    };

    // Whoever may not is told with data as well: text would be posted each time that their panel asks.
    public static Permission Permission { get; } = Permission.Open("open the panel");

    public static CommandSpec Spec { get; } =
        new(Path, "What the browser's panel asks with", Asked) { IsInternal = true };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        if (call.Get(Asked) is not [PanelRequest.Mark, ..] asked)
        {
            return Reply.Say(
                Markdown.Of(
                    $"This is what the Escalate panel in the browser asks with; it shows nothing here. Open the panel with the Escalate icon, or type {Command("list")}, {Command("show ESC-12")} or {Command("me")} for the same as text."
                )
            );
        }

        if (PanelRequest.Read(asked[1..]) is not { } request)
        {
            return await Problem(
                PanelProblem.NotUnderstood,
                Markdown.Of($"The panel asked for something that I do not understand."),
                cancel
            );
        }

        if (request.AskedVersion != PanelRequest.Version)
        {
            return await Problem(
                PanelProblem.Version,
                Markdown.Of(
                    $"The panel and the sidecar are different releases. Reload the page; if that does not help, ask your administrator to install the plugin that came with the sidecar."
                ),
                cancel
            );
        }

        return await Answer(request, call, cancel);
    }

    private async Task<Reply> Answer(
        PanelRequest request,
        CommandCall call,
        CancellationToken cancel
    )
    {
        var from = call.Envelope;
        if (request.Run is { } command)
        {
            return await Run(command, from, call.Mentions, cancel);
        }

        if (request.Step is { } step)
        {
            return await Done(await setups.Press(step, from, cancel), cancel);
        }

        var right =
            request.Get == "mine" || request.Assignment is not null
                ? RequestRights.Read
                : EscalationRights.Read;
        if (await router.WhyNot(right, from.User, cancel) is { } refusal)
        {
            return await Problem(PanelProblem.MayNot, refusal.Sentence, cancel);
        }

        if (request.Move is { } name)
        {
            return PanelActs.Find(name) is not { } move || request.Escalation is not { } moved
                    ? await NotUnderstood(cancel)
                : PanelActs.CommandOf(move, moved) is { } line
                    ? await Run(line, from, call.Mentions, cancel)
                : await acts.AsData(
                    await acts.Ask(move, moved, from.User, cancel),
                    from,
                    PanelActs.RefusedBy(move, moved),
                    cancel
                );
        }

        if (request.Act is not null)
        {
            return await acts.Do(request, from.User, cancel) is { } reply
                ? await acts.AsData(reply, from, PanelActs.CommandOf(request), cancel)
                : await NotUnderstood(cancel);
        }

        // Who may read it has it open, and wants to know when it changes.
        news.Asked(from.User);
        var answer = PanelAnswer.At(clock.GetUtcNow()) with { IsPushed = news.IsOn ? true : null };
        return request.Get switch
        {
            "list" => await lists.Page(request, from, cancel) is { } list
                ? (answer with { List = list }).ToReply()
                : await NotUnderstood(cancel),
            "mine" => (answer with { Mine = await work.Of(from.User, cancel) }).ToReply(),
            "requests" => (
                answer with
                {
                    Requests = await requests.All(from.User, cancel),
                }
            ).ToReply(),
            "request" or "timeline" when requests.Find(request.Id) is { } one => await About(
                one.Kind,
                one.Number,
                request,
                answer,
                from.User,
                cancel
            ),
            "escalation" or "timeline" when request.Escalation is { } id => await About(
                id,
                request,
                answer,
                from.User,
                cancel
            ),
            _ => await NotUnderstood(cancel),
        };
    }

    private async Task<Reply> About(
        EscalationId id,
        PanelRequest request,
        PanelAnswer answer,
        UserId reader,
        CancellationToken cancel
    )
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return await Problem(PanelProblem.NotFound, new NoSuchEscalation(id).Sentence, cancel);
        }

        if (
            request.Get == "timeline"
            && await readers.WhyNot(escalation, reader, cancel) is { } hidden
        )
        {
            return await Problem(PanelProblem.MayNot, hidden.Sentence, cancel);
        }

        return request.Get == "timeline"
            ? (
                answer with
                {
                    Timeline = await timelines.Page(
                        id,
                        request.Before,
                        !(await roles.Of(reader, cancel)).Roles.IsEmpty,
                        cancel
                    ),
                }
            ).ToReply()
            : (answer with { Escalation = await details.Of(escalation, reader, cancel) }).ToReply();
    }

    private async Task<Reply> About(
        IPanelRequests kind,
        long number,
        PanelRequest request,
        PanelAnswer answer,
        UserId reader,
        CancellationToken cancel
    )
    {
        if (await router.WhyNot(kind.Read, reader, cancel) is { } refusal)
        {
            return await Problem(PanelProblem.MayNot, refusal.Sentence, cancel);
        }

        if (await requests.One(kind, number, reader, cancel) is not { } one)
        {
            return await Problem(
                PanelProblem.NotFound,
                Markdown.Of($"There is no {request.Id ?? kind.Series}."),
                cancel
            );
        }

        return request.Get == "timeline"
            ? (
                answer with
                {
                    Timeline = await requests.Timeline(kind, number, request.Before, cancel),
                }
            ).ToReply()
            : (answer with { Request = one }).ToReply();
    }

    private async Task<Reply> Run(
        string command,
        Envelope from,
        Mentions mentions,
        CancellationToken cancel
    ) =>
        CommandLine.Read(command).Words is [var first, ..] && first.Says(Path)
            ? await NotUnderstood(cancel)
            : await acts.AsData(await router.Command(from, command, mentions, cancel), cancel);

    /// <summary>What was done, as data; null is nothing that is understood.</summary>
    private async Task<Reply> Done(Reply? reply, CancellationToken cancel) =>
        reply is null ? await NotUnderstood(cancel) : await acts.AsData(reply, cancel);

    private Task<Reply> NotUnderstood(CancellationToken cancel) =>
        Problem(
            PanelProblem.NotUnderstood,
            Markdown.Of(
                $"The panel asked for something that I do not understand. Reload the page."
            ),
            cancel
        );

    private async Task<Reply> Problem(string code, Markdown why, CancellationToken cancel) =>
        (
            PanelAnswer.At(clock.GetUtcNow()) with
            {
                Problem = new PanelProblem(code, await people.Write(why, cancel)),
            }
        ).ToReply();

    private static Markdown Command(string text) =>
        Markdown.Code($"/{SlashCommand.Trigger} {text}");
}
