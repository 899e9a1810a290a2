using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.TeamTime;
using Sidecar.Interactions;
using Sidecar.Settings;
using Sidecar.Setup.Settings;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Sidecar.Time.Calendars;
using Xunit;

namespace Sidecar.Tests.Setup.Settings;

/// <summary>The settings file: what it leaves out keeps its default, and what is wrong is told all at once.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Without_a_file_the_defaults_hold()
    {
        var parts = Use(null);
        parts.GetRequiredService<SampleSettings>().Most.ShouldBe(7);
        parts.GetRequiredService<TeamTimeSettings>().TimeZone.ShouldBe("UTC");
        parts.GetRequiredService<WorkingTime>().Zone.Id.ShouldBe("UTC");
    }

    [Fact]
    public void What_the_file_leaves_out_keeps_its_default_at_every_depth()
    {
        var sample = Use(
                """
                {
                  // Comments are welcome,
                  "sample": {
                    "ladder": { "sev1": "20m", /* also here */ },
                    "tags": ["one"], // and so are commas at the end,
                  },
                }
                """
            )
            .GetRequiredService<SampleSettings>();

        sample.Ladder.Sev1.ShouldBe(WaitLength.Of(TimeSpan.FromMinutes(20)));
        sample.Ladder.Sev3.ShouldBe(WaitLength.OfWorkingDays(1));
        sample.Tags.ShouldBe(["one"]);
        sample.Most.ShouldBe(7);
        sample.Channels.ShouldBe(new Dictionary<string, string> { ["sev1"] = "outages" });
    }

    [Fact]
    public void The_teams_time_is_written_as_people_write_it()
    {
        var team = Use(
                """
                { "team": {
                  "timeZone": "Europe/Berlin",
                  "workingDays": ["monday", "Tuesday"],
                  "workingHours": { "from": "8:30", "to": "24:00" },
                  "holidays": [{ "date": "2026-12-25", "name": "Christmas Day" }]
                } }
                """
            )
            .GetRequiredService<TeamTimeSettings>();

        team.WorkingDays.ShouldBe([DayOfWeek.Monday, DayOfWeek.Tuesday]);
        $"{team.WorkingHours.From}–{team.WorkingHours.To}".ShouldBe("08:30–24:00");
        team.Holidays.ShouldBe([new Holiday(new DateOnly(2026, 12, 25), "Christmas Day")]);
    }

    [Theory]
    [InlineData("""{ "sampel": {} }""", "sampel: there is no such section; did you mean sample?")]
    [InlineData(
        """{ "escalation-policies": {} }""",
        "escalation-policies: there is no such section; there are team, sample."
    )]
    [InlineData(
        """{ "sample": { "Most": 3 } }""",
        "sample.Most: there is no such setting; did you mean most?"
    )]
    [InlineData(
        """{ "sample": { "ladder": { "sev11": "1h" } } }""",
        "sample.ladder.sev11: there is no such setting; did you mean sev1?"
    )]
    [InlineData(
        """{ "sample": { "most": "many" } }""",
        "sample.most: found \"many\"; write a whole number."
    )]
    [InlineData(
        """{ "sample": { "most": null } }""",
        "sample.most: found null; leave it out to have the default."
    )]
    [InlineData(
        """{ "sample": { "ladder": { "sev1": "15 potatoes" } } }""",
        "sample.ladder.sev1: found \"15 potatoes\"; this is not a length of time up to a year; write it as 15m, 1h 30m, 2d (24 hours each), 4 working hours or 3 working days."
    )]
    [InlineData(
        """{ "sample": { "ladder": 3 } }""",
        "sample.ladder: found 3; write an object: { … }."
    )]
    [InlineData("""{ "sample": [1] }""", "sample: found [1]; write an object: { … }.")]
    [InlineData(
        """{ "sample": { "tags": "one" } }""",
        "sample.tags: found \"one\"; write a list: [ … ]."
    )]
    [InlineData(
        """{ "sample": { "tags": ["one", 2] } }""",
        "sample.tags[1]: found 2; write text in quotes."
    )]
    [InlineData(
        """{ "sample": { "channels": { "sev1": true } } }""",
        "sample.channels.sev1: found true; write text in quotes."
    )]
    [InlineData("""{ "sample": { "most": 101 } }""", "sample.most: found 101; at the most 100.")]
    [InlineData(
        """{ "team": { "workingDays": ["Monday", "Someday"] } }""",
        "team.workingDays[1]: found \"Someday\"; write one of \"Sunday\", \"Monday\", \"Tuesday\", \"Wednesday\", \"Thursday\", \"Friday\", \"Saturday\"."
    )]
    [InlineData(
        """{ "team": { "workingDays": [] } }""",
        "team.workingDays: found []; a week needs at least one working day, such as [\"Monday\"]."
    )]
    [InlineData(
        """{ "team": { "workingHours": { "from": "17:00" } } }""",
        "team.workingHours.to: found \"17:00\"; this must be later than workingHours.from, which is 17:00; the end of the day is 24:00."
    )]
    [InlineData(
        """{ "team": { "workingHours": { "from": "25:00" } } }""",
        "team.workingHours.from: found \"25:00\"; this is not a time of day; write it as 09:00, from 00:00 to 24:00."
    )]
    [InlineData(
        """{ "team": { "timeZone": "Atlantis" } }""",
        "team.timeZone: found \"Atlantis\"; this machine knows no such time zone; write its IANA name, such as Europe/Berlin, America/New_York or UTC."
    )]
    [InlineData(
        """{ "team": { "holidays": [{ "date": "25.12.2026", "name": "Christmas" }] } }""",
        "team.holidays[0].date: found \"25.12.2026\"; write a date as \"2026-12-31\"."
    )]
    [InlineData(
        """{ "team": { "holidays": [{ "date": "2026-12-25" }] } }""",
        "team.holidays[0]: found {\"date\":\"2026-12-25\"}; add name."
    )]
    [InlineData(
        """{ "team": { "holidays": [{ "date": "2026-12-25", "name": "a", "nmae": "b" }] } }""",
        "team.holidays[0].nmae: there is no such setting; did you mean name?"
    )]
    [InlineData("[]", "it has to be one object with sections: { \"team\": { … } }.")]
    public void What_is_wrong_is_named_with_its_key_the_value_and_what_would_be_right(
        string json,
        string problem
    )
    {
        var refused = Refused(json);
        refused.Problem.ShouldBe($"{File} can't be used: {problem}");
        refused.Remedy.ShouldContain("settings --defaults");
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var refused = Refused(
            """
            {
              "sample": { "most": "many", "ladder": { "sev1": "x", "sev3": "y" }, "moost": 1 },
              "team": { "timeZone": "Atlantis", "workingDays": [] },
              "other": {}
            }
            """
        );

        refused.Problem.ShouldContain("for 7 reasons");
        string[] keys =
        [
            "other",
            "team.timeZone",
            "team.workingDays",
            "sample.most",
            "sample.ladder.sev1",
            "sample.ladder.sev3",
            "sample.moost",
        ];
        keys.ShouldAllBe(key => refused.Problem.Contains($"- {key}: "));
    }

    [Theory]
    [InlineData("{ \"sample\": \n { \"most\" 3 } }", "line 2")]
    [InlineData("{ \"sample\": {}, \"sample\": {} }", "Duplicate property 'sample'")]
    [InlineData("", "line 1")]
    public void What_is_no_JSON_is_told_with_its_line(string text, string says)
    {
        var refused = Refused(text);
        refused.Problem.ShouldStartWith($"{File} is not JSON: ");
        refused.Problem.ShouldContain(says);
    }

    [Fact]
    public void A_file_that_was_named_must_be_there() =>
        Should
            .Throw<SetupException>(() =>
                SettingsFile.In(_folder.Path, Path.Combine(_folder.Path, "mine.json"))
            )
            .Problem.ShouldContain("mine.json");

    [Fact]
    public void What_is_written_out_reads_back_as_it_was()
    {
        var sections = Sections(new ServiceCollection());
        var written = SettingsFile.Write(sections, s => s.Defaults);
        written.ShouldContain("\"sev3\": \"1 working day\"");
        System.IO.File.WriteAllText(File, written);

        var reading = new SettingsFile(File).Read(sections);

        reading.Problems.ShouldBeEmpty();
        SettingsFile.Write(sections, s => reading.Values[s.Section]).ShouldBe(written);
    }

    public void Dispose() => _folder.Dispose();

    private string File => Path.Combine(_folder.Path, SettingsFile.Name);

    private SetupException Refused(string json) => Should.Throw<SetupException>(() => Use(json));

    private ServiceProvider Use(string? json)
    {
        if (json is not null)
        {
            System.IO.File.WriteAllText(File, json);
        }

        var services = new ServiceCollection();
        SettingsFile.In(_folder.Path, null).Use(Sections(services));
        return services.BuildServiceProvider();
    }

    private static ImmutableArray<RegisteredSettings> Sections(ServiceCollection services) =>
        new FeatureBuilder(services)
            .Add<TeamTimeFeature>()
            .Settings<SampleSettings>()
            .Build()
            .Settings;
}

internal sealed record SampleSettings : ISettings<SampleSettings>
{
    public static string Section => "sample";

    public static JsonTypeInfo<SampleSettings> Json => SampleJson.Default.SampleSettings;

    public int Most { get; init; } = 7;

    public Ladder Ladder { get; init; } = new();

    public IReadOnlyList<string> Tags { get; init; } = ["a", "b"];

    public IReadOnlyDictionary<string, string> Channels { get; init; } =
        new Dictionary<string, string> { ["sev1"] = "outages" };

    public IEnumerable<SettingProblem> Problems() =>
        Most > 100 ? [new SettingProblem("most", "at the most 100")] : [];
}

internal sealed record Ladder
{
    public WaitLength Sev1 { get; init; } = WaitLength.Of(TimeSpan.FromMinutes(15));

    public WaitLength Sev3 { get; init; } = WaitLength.OfWorkingDays(1);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(SampleSettings))]
internal sealed partial class SampleJson : JsonSerializerContext;
