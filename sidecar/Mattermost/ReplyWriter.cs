using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Mattermost;

/// <summary>
/// Writes replies in the forms that Mattermost expects. A command's answer goes back to the caller whole, so there is
/// only text in it: never an attachment, and never anything sealed.
/// </summary>
internal sealed class ReplyWriter(PeopleDirectory people, ChatOptions options)
{
    /// <summary>What a command answers, whichever way it travels.</summary>
    public async ValueTask<CommandResponse> Command(Reply reply, CancellationToken cancel) =>
        reply is Reply.PanelData data
            ? new CommandResponse("ephemeral", null, data.Props)
            : new CommandResponse("ephemeral", await TextOf(reply, cancel), null);

    /// <summary>The same as Mattermost expects it over HTTP.</summary>
    public static IResult Command(CommandResponse answer) =>
        Json(answer, InboundJson.Default.CommandResponse);

    public async ValueTask<IResult> Action(Reply reply, CancellationToken cancel) =>
        Json(new ActionResponse(await TextOf(reply, cancel)), InboundJson.Default.ActionResponse);

    public async ValueTask<IResult> Trigger(Reply reply, CancellationToken cancel) =>
        await TextOf(reply, cancel) is { } text
            ? Json(new TriggerResponse(text), InboundJson.Default.TriggerResponse)
            : Results.Ok();

    public async ValueTask<IResult> Dialog(SubmissionReply reply, CancellationToken cancel) =>
        reply is SubmissionReply.Turned turned
            ? Dialog(
                new SubmissionReply.Marked(turned.Problems)
                {
                    General = MarkdownEscaper.Plain(await Shown(turned.Why, cancel)),
                }
            )
            : Dialog(reply);

    /// <summary>The same for what names nobody.</summary>
    public static IResult Dialog(SubmissionReply reply) =>
        Json(
            reply switch
            {
                SubmissionReply.Refused refused => new DialogResponse(refused.Why, null),
                SubmissionReply.Marked marked => new DialogResponse(
                    marked.General,
                    marked.Problems.Count > 0 ? marked.Problems : null
                ),
                SubmissionReply.DialogClosed => new DialogResponse(null, null),
                _ => throw new ArgumentException("It names people.", nameof(reply)),
            },
            InboundJson.Default.DialogResponse
        );

    /// <summary>The form that is shown in place of the one that was sent.</summary>
    public IResult Form(OpenDialog dialog) =>
        Json(
            new DialogResponse(null, null)
            {
                Type = "form",
                Form = DialogWriter.Write(
                    dialog,
                    people.NameOf,
                    options.LookUpsUrl,
                    options.DialogsUrl
                ),
            },
            InboundJson.Default.DialogResponse
        );

    /// <summary>What a list of a form offers.</summary>
    public static IResult Items(IEnumerable<ControlOption> offered) =>
        Json(
            new LookUpResponse([.. offered.Select(o => new AttachmentOption(o.Text, o.Value))]),
            InboundJson.Default.LookUpResponse
        );

    private async ValueTask<string?> TextOf(Reply reply, CancellationToken cancel) =>
        reply is Reply.Whisper whisper ? await Shown(whisper.Text, cancel) : null;

    /// <summary>Learns the names that a form shows, as far as Mattermost tells them.</summary>
    public ValueTask Know(DialogForm form, CancellationToken cancel) =>
        Learn(
            [
                .. form.Introduction.Mentioned(),
                .. (form.Fields.IsDefault ? [] : form.Fields)
                    .Where(f => f.Kind is FieldKind.Person or FieldKind.People)
                    .SelectMany(f => FormDrawing.PeopleIn(f.Default)),
            ],
            cancel
        );

    /// <summary>Learns the names in a text, as far as Mattermost tells them.</summary>
    public ValueTask Know(Markdown words, CancellationToken cancel) =>
        Learn(words.Mentioned(), cancel);

    /// <summary>The form as the server's clients can draw it.</summary>
    public DialogForm Drawn(DialogForm form, FormAbilities server) =>
        FormDrawing.For(form, server, people.NameOf);

    private async ValueTask<string> Shown(Markdown words, CancellationToken cancel)
    {
        await Learn(words.Mentioned(), cancel);
        return words.Show(people.NameOf);
    }

    private async ValueTask Learn(IEnumerable<UserId> persons, CancellationToken cancel)
    {
        try
        {
            await people.Know(persons, cancel);
        }
        catch (ChatException)
        {
            // What was done is done: the answer is worth more than a name in it.
        }
    }

    private static JsonAnswer<T> Json<T>(T value, JsonTypeInfo<T> type) =>
        new JsonAnswer<T>(value, type);

    /// <summary>Written in one piece with its length, which is cheaper on both sides than in chunks.</summary>
    private sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.ContentLength = body.Length;
            await httpContext.Response.BodyWriter.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
