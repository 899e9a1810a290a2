using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Mattermost;

/// <summary>
/// The doors through which Mattermost comes in. Each verifies first, then parses, then lets the router think;
/// what can't be verified gets 401 and no hint, everything else 200 with a sentence, since Mattermost hides any other.
/// </summary>
internal sealed class Inbound(
    InboundTokens tokens,
    ChatOptions chat,
    InteractionSeal seal,
    Conversation conversation,
    FormLookUps lookUps,
    PeopleDirectory people,
    TimeProvider clock
)
{
    /// <summary>More than any command, dialog or click holds.</summary>
    public const int LargestBody = 256 * 1024;

    public const string CommandPath = "/mattermost/command";
    public const string DialogPath = "/mattermost/dialog";
    public const string ActionPath = "/mattermost/action";
    public const string LookUpPath = "/mattermost/lookup";
    public const string TriggerPath = "/mattermost/trigger";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(CommandPath, (inbound, http) => inbound.Command(http));
        Map(DialogPath, (inbound, http) => inbound.Dialog(http));
        Map(ActionPath, (inbound, http) => inbound.Action(http));
        Map(LookUpPath, (inbound, http) => inbound.LookUp(http));
        Map(TriggerPath, (inbound, http) => inbound.Trigger(http));

        // Everything is a singleton: asking the application's own services saves a scope per request.
        void Map(string path, Func<Inbound, HttpContext, Task<IResult>> door) =>
            routes.MapPost(
                path,
                async http =>
                {
                    var inbound = routes.ServiceProvider.GetRequiredService<Inbound>();
                    var answer = await Readable(door, inbound, http);
                    await answer.ExecuteAsync(http);
                }
            );
    }

    /// <summary>Bodies that are too large, cut off or no form at all are the sender's fault, not one of ours.</summary>
    private static async Task<IResult> Readable(
        Func<Inbound, HttpContext, Task<IResult>> door,
        Inbound inbound,
        HttpContext http
    )
    {
        try
        {
            return await door(inbound, http);
        }
        catch (BadHttpRequestException problem)
        {
            return Results.StatusCode(problem.StatusCode);
        }
        catch (InvalidDataException)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }
    }

    private async Task<IResult> Command(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return Results.Unauthorized();
        }

        var form = await SentForm.Read(http.Request);
        if (
            !tokens.Commands.Accepts(form["token"])
            || !AgreesWithHeader(form["token"]!, http.Request.Headers.Authorization.ToString())
        )
        {
            return Results.Unauthorized();
        }

        if (CommandForm.Read(form, clock.GetUtcNow()) is not { } envelope)
        {
            return Results.BadRequest();
        }

        people.Learn(envelope.User, form["user_name"].ToString());
        return await conversation.Command(
            envelope,
            form["text"].ToString(),
            CommandForm.Mentions(form),
            http.RequestAborted
        );
    }

    private async Task<IResult> Action(HttpContext http)
    {
        var request = await Read(http, InboundJson.Default.ActionRequest);
        if (
            request is not { UserId: { Length: > 0 } user, ChannelId: { Length: > 0 } channel }
            || !AreIds(user, channel, request.TeamId)
            || !VouchedUser.Agrees(http, user)
            || seal.OpenAction(request.Context?.Sealed) is not { } action
        )
        {
            return Results.Unauthorized();
        }

        var trigger = request.TriggerId is { Length: > 0 } id
            ? new TriggerId(id)
            : (TriggerId?)null;
        var envelope = new Envelope(
            $"click:{request.TriggerId}",
            new UserId(user),
            request.TeamId is { Length: > 0 } team ? new TeamId(team) : null,
            new ChannelId(channel),
            null,
            trigger,
            clock.GetUtcNow()
        )
        {
            Pressed = request.PostId is { Length: > 0 } at ? new PostId(at) : null,
        };
        people.Learn(envelope.User, request.UserName);
        var chosen = request.Context!.SelectedOption is { ValueKind: JsonValueKind.String } option
            ? SentText.Of(option)
            : null;
        return await conversation.Action(
            envelope,
            new PressedButton(action, chosen, envelope.Pressed),
            http.RequestAborted
        );
    }

    private async Task<IResult> Dialog(HttpContext http)
    {
        var request = await Read(http, InboundJson.Default.DialogRequest);
        if (
            request is not { UserId: { Length: > 0 } user }
            || !AreIds(user)
            || !VouchedUser.Agrees(http, user)
        )
        {
            return Results.Unauthorized();
        }

        switch (seal.OpenDialog(request.State, new UserId(user), out var dialog))
        {
            case SealVerdict.Expired:
                return Conversation.DialogIsTooOld();
            // Whoever only asks has submitted nothing.
            case SealVerdict.Valid
                when request.Cancelled || (request.IsOnlyAsking && !request.IsRefresh):
                return Conversation.DialogIsClosed();
            case SealVerdict.Valid:
                var values = dialog!.OwnOf(
                    DialogValues.Read(request.Submission, dialog.Asked, dialog.Step ?? 0)
                );
                return request.IsRefresh
                    ? await conversation.Redraw(
                        dialog,
                        values,
                        clock.GetUtcNow(),
                        http.RequestAborted
                    )
                    : await conversation.Dialog(
                        dialog,
                        values,
                        clock.GetUtcNow(),
                        http.RequestAborted
                    );
            default:
                return Results.Unauthorized();
        }
    }

    /// <summary>A list of a form asks what it offers: verified as the form itself is when it is submitted.</summary>
    private async Task<IResult> LookUp(HttpContext http)
    {
        var request = await Read(http, InboundJson.Default.DialogRequest);
        if (
            request is not { UserId: { Length: > 0 } user }
            || !AreIds(user)
            || !VouchedUser.Agrees(http, user)
        )
        {
            return Results.Unauthorized();
        }

        // Those of later forms vouch for themselves: the client brings the first one's state with whatever a list asks.
        var state = http.Request.Query["state"] is [{ Length: > 0 } own, ..] ? own : request.State;
        return seal.OpenDialog(state, new UserId(user), out var dialog) switch
        {
            SealVerdict.Valid => ReplyWriter.Items(
                await lookUps.Find(dialog!, request, clock.GetUtcNow(), http.RequestAborted)
            ),
            SealVerdict.Expired => ReplyWriter.Items([FormLookUps.TooOld]),
            _ => Results.Unauthorized(),
        };
    }

    private async Task<IResult> Trigger(HttpContext http)
    {
        var request = http.Request.HasFormContentType
            ? TriggerForm.Read(await SentForm.Read(http.Request))
            : await Read(http, InboundJson.Default.TriggerRequest);
        if (
            !tokens.Triggers.Accepts(request?.Token)
            || request
                is not {
                    UserId: { Length: > 0 } user,
                    ChannelId: { Length: > 0 } channel,
                    PostId: { Length: > 0 } post,
                    Text: { } text,
                    TriggerWord: { Length: > 0 } word,
                }
            || !AreIds(user, channel, post, request.TeamId)
        )
        {
            return Results.Unauthorized();
        }

        // Bots fire webhooks too: whatever we say must never set us off.
        if (user == chat.Bot.Value)
        {
            return Results.Ok();
        }

        var envelope = new Envelope(
            $"post:{post}",
            new UserId(user),
            request.TeamId is { Length: > 0 } team ? new TeamId(team) : null,
            new ChannelId(channel),
            new PostId(post),
            null,
            clock.GetUtcNow()
        );
        people.Learn(envelope.User, request.UserName);
        var bare = SpokenWord.Bare(word);
        return await conversation.Trigger(
            envelope,
            bare,
            SpokenWord.Read(text, [bare]) is { } heard ? heard.Behind : text,
            http.RequestAborted
        );
    }

    /// <summary>What has not the form of an id is none, whoever sent it: nothing is asked about it.</summary>
    private static bool AreIds(params ReadOnlySpan<string?> ids)
    {
        foreach (var id in ids)
        {
            if (!string.IsNullOrEmpty(id) && !IdForm.Fits(id))
            {
                return false;
            }
        }

        return true;
    }

    // The same token comes twice. Some proxies drop the header; one that is there must agree. Whoever gets here knows
    // the token already, so how long this takes tells them nothing.
    private static bool AgreesWithHeader(string accepted, string header) =>
        header.Length == 0
        || (
            header.StartsWith("Token ", StringComparison.OrdinalIgnoreCase)
            && header.AsSpan("Token ".Length).Trim().SequenceEqual(accepted)
        );

    private static async Task<T?> Read<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await http.Request.ReadFromJsonAsync(type, http.RequestAborted);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Broken JSON, or no JSON at all: nothing in it could be verified.
            return null;
        }
    }
}

/// <summary>Who may call which door.</summary>
/// <param name="Commands">The tokens of the slash command, one per team.</param>
/// <param name="Triggers">The tokens of the outgoing webhooks, one per team.</param>
internal sealed record InboundTokens(RequestVerifier Commands, RequestVerifier Triggers);
