using Shouldly;
using Xunit;

namespace Sidecar.Tests.Conformance;

/// <summary>The product installed on every server: data taken out as a file.</summary>
[Collection("The server’s settings for files")]
public sealed class ExportTests
{
    [Theory, EveryMattermost]
    public async Task ALL_4_A_file_is_asked_for_by_command_and_comes_by_direct_message(Under server)
    {
        await using var stage = await Stage.Open(server, ownServer: true, ownClock: false);
        await using var product = await Product.Install(stage);
        await product.Grants(stage.Engineer, "de-lead");
        var engineer = await stage.Client(stage.Engineer);
        await product.Types(stage.Tam, "new acme sev1 Nobody can log in");
        await engineer.Event("posted", m => product.IsCard(m, "ESC-1"));

        (await product.Types(stage.Tam, "export audit"))["text"]
            .ShouldContain("export the audit trail");
        foreach (var what in (string[])["escalations", "audit"])
        {
            var answer = await product.Types(stage.Engineer, "export " + what);
            answer["text"].ShouldContain("will send it to you by direct message");
            var post = (
                await engineer.Event(
                    "posted",
                    m =>
                        m.Text("data.channel_type") == "D"
                        && m.Text("data.post.user_id") == product.BotId
                        && m.Text("data.post.metadata.files.0.name")
                            .StartsWith(what, StringComparison.Ordinal)
                )
            ).PostOf();
            var file = await stage.Engineer.Api.Get($"/files/{post.Text("file_ids.0")}");
            file.Body.GetString().ShouldNotBeNull().ShouldContain("ESC-1");
            file.Body.GetString()!.ShouldContain(stage.Tam.Name);
            (await stage.Lead.Api.Get($"/files/{post.Text("file_ids.0")}")).Verdict.ShouldBe(
                "403 api.context.permissions.app_error"
            );
        }

        product.Errors.ShouldBeEmpty();
        stage.Cast.Server.Complaints.ShouldBeEmpty();
    }
}
