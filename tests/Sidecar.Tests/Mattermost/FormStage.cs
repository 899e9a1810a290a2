using System.Text.Json;
using Mattermost.Simulator;
using Shouldly;

namespace Sidecar.Tests.Mattermost;

/// <summary>A recorded form, opened at somebody's client of that age; the integration is a recorder.</summary>
internal sealed class FormStage : IAsyncDisposable
{
    private int repeatedLookUps;

    private FormStage(Town town) => Town = town;

    public Town Town { get; }

    /// <summary>What the server said when the integration opened the form.</summary>
    public JsonElement LastAnswer { get; private set; }

    /// <summary>How often the form asked what its lists offer.</summary>
    public int LookUps => Town.Recorder.Received.Count(r => r.Path == "/lookup") - repeatedLookUps;

    public Person Tam => Town.Mm.As("tam");

    public static async Task<FormStage> StartAsync(string version = SimulatorOptions.Today)
    {
        var stage = new FormStage(await Town.StartAsync(o => o with { ServerVersion = version }));
        // The day on which the forms were recorded.
        stage.Town.Clock.Move(
            new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero) - stage.Town.Clock.GetUtcNow()
        );
        return stage;
    }

    /// <summary>Opens a form with the trigger of a command; the recorded integration is this one's.</summary>
    public async Task<OpenedDialog> OpensAsync(JsonElement dialog, string path = "/dialog")
    {
        Town.Recorder.Body = "{}";
        await Tam.Execute("town-square", "/escalate new");
        var trigger = RecordedAssertions.Form(Town.Recorder.Last.Body)["trigger_id"];
        var opened = await Town.SendAsync(
            "",
            HttpMethod.Post,
            "/api/v4/actions/dialogs/open",
            new
            {
                trigger_id = trigger,
                url = Town.Recorder.Url(path),
                dialog = Ours(dialog),
            }
        );
        opened.Status.ShouldBe(200);
        LastAnswer = opened.Body;
        return Tam.OpenDialog!;
    }

    public async Task<OpenedDialog> OpensRecordedAsync(string name)
    {
        var recorded = RecordedServer.Load(name);
        var dialog = await OpensAsync(
            recorded.GetProperty("request_from_sidecar").GetProperty("body").GetProperty("dialog")
        );
        LastAnswer.ShouldBeLike(recorded.GetProperty("response_to_sidecar").GetProperty("body"));
        return dialog;
    }

    /// <summary>The integration answers from now on as recorded.</summary>
    public void AnswersAs(string name) =>
        Town.Recorder.Body = Ours(RecordedServer.Load(name).GetProperty("reply_of_sidecar"))
            .GetRawText();

    /// <summary>The newest request of the client, what the integration got of it, and the answer are as recorded.</summary>
    public async Task ShouldHaveSent(string name)
    {
        var recorded = RecordedServer.Load(name);
        var request = Town.Mm.Requests[^1];
        var expected = recorded.GetProperty("client_request");
        request.Path.ShouldBe(expected.GetProperty("path").GetString());
        using var body = JsonDocument.Parse(request.Body);
        body.RootElement.ShouldBeLike(expected.GetProperty("body"));
        RecordedAssertions.ShouldBeAsRecorded(Town.Recorder.Last, recorded);
        // Only the client saw the answer: the request is sent once more to see it.
        var answers = Town.Recorder.Body;
        AnswersAs(name);
        var answer = await Town.SendAsync(
            Tam.Token,
            HttpMethod.Post,
            request.Path,
            body.RootElement
        );
        Town.Recorder.Body = answers;
        repeatedLookUps += Town.Recorder.Last.Path == "/lookup" ? 1 : 0;
        RecordedAssertions.ShouldBeAsRecorded(answer.Status, answer.Body, recorded);
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();

    private JsonElement Ours(JsonElement recorded)
    {
        using var document = JsonDocument.Parse(
            recorded
                .GetRawText()
                .Replace(
                    "http://127.0.0.1:9099",
                    Town.Recorder.Url("").AbsoluteUri.TrimEnd('/'),
                    StringComparison.Ordinal
                )
        );
        return document.RootElement.Clone();
    }
}
