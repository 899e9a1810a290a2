using System.Globalization;
using System.Text;
using Shouldly;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Hosting.Releases;

/// <summary>
/// Each release's data, as a process that was killed left it, goes on with the program of today: everything is there,
/// cards from before change in place, and nobody is told again what they were told. One archive for each format that
/// was ever released stands beside this file, with what people see of it afterwards.
/// </summary>
public sealed class ReleaseDataTests
{
    private static readonly string Folder = Path.Combine(
        Repository.Root,
        "tests/Sidecar.Tests/Hosting/Releases"
    );

    public static TheoryData<string> Releases { get; } =
    [
        .. Directory
            .EnumerateFiles(Folder, "*.tar.gz")
            .Select(file => Path.GetFileName(file).Replace(".tar.gz", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task What_a_release_left_is_all_there_and_goes_on(string release)
    {
        using var before = new Installation(Path.Combine(Folder, $"{release}.tar.gz"));
        await using var desk = await Desk.GoOn(before);
        var seen = new StringBuilder();
        seen.AppendLine(
            CultureInfo.InvariantCulture,
            $"# What people see of the data of {release}"
        );
        Told(desk, seen, "after the start");
        await desk.Grants("lead", Role.DeploymentEngineeringLead);
        await desk.Grants("engineer", Role.DeploymentEngineer);
        await desk.Grants("tam", Role.TechnicalAccountManager);
        foreach (
            var command in (string[])
                ["list all", "customer list", "show ESC-1", "timeline ESC-1", "timeline ESC-2"]
        )
        {
            var answer = (await desk.Types("engineer", $"/escalate {command}", "escalations")).Text;
            seen.AppendLine()
                .AppendLine(CultureInfo.InvariantCulture, $"## /escalate {command}")
                .AppendLine(answer);
        }

        await desk.Types("engineer", "/escalate ack ESC-6", "escalations");
        Told(desk, seen, "after ESC-6 was acknowledged");
        Golden.MatchText($"Hosting/Releases/{release}.md", seen.ToString());

        // Nothing was posted a second time: the cards from before are the cards of now.
        desk.Mattermost.Posts(desk.Mattermost.GetChannel("escalations").Id)
            .Where(p =>
                p.RootId.Length == 0 && p.Message.Contains("**ESC-6**", StringComparison.Ordinal)
            )
            .Count()
            .ShouldBeLessThanOrEqualTo(1);
        await desk.RestartSidecar();
        (await desk.Types("engineer", "/escalate show ESC-6", "escalations")).Text.ShouldContain(
            "Acknowledged"
        );
    }

    [Fact]
    public void Every_release_has_its_data() => Releases.Select(r => r.Data).ShouldContain("0.1.0");

    private static void Told(Desk desk, StringBuilder seen, string when)
    {
        seen.AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"## In the channel and by direct message, {when}"
            );
        foreach (var post in desk.Mattermost.Posts(desk.Mattermost.GetChannel("escalations").Id))
        {
            seen.AppendLine(
                CultureInfo.InvariantCulture,
                $"- {(post.RootId.Length > 0 ? "  " : "")}{Person(desk, post.UserId)}: {post.Message.ReplaceLineEndings(" / ")}"
            );
        }

        foreach (var who in (string[])["admin", "tam", "engineer", "lead"])
        {
            foreach (var told in desk.ToldTo(who))
            {
                seen.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"- to {who}: {told.ReplaceLineEndings(" / ")}"
                );
            }
        }
    }

    private static string Person(Desk desk, string id) => desk.Mattermost.GetUser(id).Username;
}
