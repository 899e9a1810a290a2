using System.Text.Json;
using Shouldly;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost;

/// <summary>Newer servers bring more about a form than its submission, to the same address and with the same state.</summary>
public sealed class M7_OnlyAskingTests
{
    [Theory]
    [InlineData("submit", "refresh")]
    [InlineData("lookup", "")]
    public async Task M7_What_a_form_only_asks_is_taken_for_no_submission(string route, string type)
    {
        await using var desk = await Desk.Open();
        await desk.Types("engineer", "/escalate");
        var engineer = desk.Mattermost.As("engineer");
        var form = engineer.OpenDialog.ShouldNotBeNull();
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["customer"] = "acme",
            ["severity"] = "sev2",
            ["category"] = "deployment",
            ["summary"] = "Nobody can log in",
            ["impact"] = "medium",
            ["effort"] = "medium",
        };

        var (status, answer) = await engineer.Request(
            HttpMethod.Post,
            $"/api/v4/actions/dialogs/{route}",
            new
            {
                type,
                url = form.Url,
                callback_id = form.CallbackId,
                state = form.State,
                channel_id = form.ChannelId,
                team_id = form.TeamId,
                submission = values,
                cancelled = false,
            }
        );

        status.ShouldBe(200);
        Errors(answer).ShouldBeEmpty();
        (await desk.Find(1)).ShouldBeNull();
        // The form is still open, and the same values raise it.
        var submitted = await engineer.SubmitRaw(form, values, cancelled: false);
        submitted.Closed.ShouldBeTrue(
            $"{submitted.Error} {string.Join(' ', submitted.FieldErrors)}"
        );
        (await desk.Find(1)).ShouldNotBeNull();
    }

    private static IEnumerable<string> Errors(JsonElement answer) =>
        answer.EnumerateObject().Select(p => p.Name).Where(n => n is "error" or "errors");
}
