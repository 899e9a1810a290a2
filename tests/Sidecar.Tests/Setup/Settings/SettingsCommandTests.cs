using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Settings;
using Sidecar.Setup.Settings;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Setup.Settings;

public sealed class SettingsCommandTests
{
    [Fact]
    public async Task It_shows_what_is_in_effect_in_the_files_own_form()
    {
        await using var bench = await SetupBench.Open();
        await Write(bench, """{ "team": { "timeZone": "Europe/Berlin" } }""");

        (await bench.Run("settings", "--data", bench.Data)).ShouldBe(ExitCode.Done, bench.Error);
        var team = JsonNode.Parse(bench.Output)!["team"]!;
        team["timeZone"]!.GetValue<string>().ShouldBe("Europe/Berlin");
        team["workingHours"]!["from"]!.GetValue<string>().ShouldBe("09:00");

        (await bench.Run("settings", "--data", bench.Data, "--defaults")).ShouldBe(ExitCode.Done);
        JsonNode.Parse(bench.Output)!["team"]!["timeZone"]!.GetValue<string>().ShouldBe("UTC");
    }

    [Fact]
    public async Task What_it_shows_can_be_the_file()
    {
        await using var bench = await SetupBench.Open();
        await bench.Run("settings", "--data", bench.Data, "--defaults");
        var defaults = bench.Output;
        await Write(bench, defaults);

        (await bench.Run("settings", "--data", bench.Data)).ShouldBe(ExitCode.Done, bench.Error);

        bench.Output.ShouldBe(defaults);
    }

    [Fact]
    public async Task A_wrong_file_is_told_without_a_stack_trace()
    {
        await using var bench = await SetupBench.Open();
        await Write(bench, """{ "team": { "workingDays": [] } }""");

        (await bench.Run("settings", "--data", bench.Data)).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldStartWith("error: ");
        bench.Error.ShouldContain("team.workingDays: found []");
        bench.Error.ShouldNotContain("   at ");
        bench.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sidecar_does_not_start_with_wrong_settings()
    {
        await using var desk = await Desk.Open(settings: "{}");
        await desk.StopSidecar();
        await desk.Sets("""{ "team": { "workingDays": [] } }""");

        (await Should.ThrowAsync<SetupException>(desk.StartSidecar)).Problem.ShouldContain(
            "team.workingDays"
        );

        await desk.Sets("""{ "team": { "timeZone": "Europe/Berlin" } }""");
        await desk.StartSidecar();
        desk.Parts.GetRequiredService<WorkingTime>().Zone.Id.ShouldBe("Europe/Berlin");
    }

    private static async Task Write(SetupBench bench, string settings)
    {
        Directory.CreateDirectory(bench.Data);
        await File.WriteAllTextAsync(
            Path.Combine(bench.Data, SettingsFile.Name),
            settings,
            TestContext.Current.CancellationToken
        );
    }
}
