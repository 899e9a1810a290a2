using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Shouldly;
using Sidecar.Setup.Settings;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Setup.Settings;

/// <summary>Every setting is a field of the System Console, and one declaration says what it is (UP-1).</summary>
public sealed class ConsoleSettingsTests : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly TemporaryFolder _folder = new();

    private static IReadOnlyList<ConsoleField> Fields => ConsoleField.Of(SettingsSections.All());

    [Fact]
    public void UP_1_Every_value_of_the_settings_file_is_a_field()
    {
        var all = SettingsSections
            .All()
            .SelectMany(s => Leaves(s.Json).Select(leaf => $"{s.Section}.{leaf}"));

        Fields.Select(f => f.Path).ShouldBe(all, ignoreOrder: true);
        Fields.Select(f => f.Key.ToLowerInvariant()).ShouldBeUnique();
        Fields.ShouldAllBe(f => f.Field.Name.Length > 0 && f.Field.Help.EndsWith('.'));
    }

    [Fact]
    public void UP_1_The_manifest_has_the_fields_that_are_declared()
    {
        var path = Path.Combine(Repository.Root, "plugin-manifest/server.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        ConsoleManifest.Write(manifest);
        var written = manifest.ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            File.WriteAllText(path, written);
        }

        File.ReadAllText(path).ShouldBe(written, "GOLDEN=write writes it anew.");
    }

    [Fact]
    public void UP_1_The_page_about_settings_has_the_fields_that_are_declared() =>
        Golden.MatchText("../../plugin-manifest/settings.md", ConsoleManifest.Page());

    [Fact]
    public void UP_1_A_field_at_its_default_says_nothing_and_each_can_be_written_as_it_stands_there()
    {
        var untouched = Fields.ToDictionary(f => f.Key, f => Json(f.DefaultText));

        var composed = ComposedSettings.Of(untouched, null, _folder.Path);

        composed.Json.ShouldBeNull();
        composed.Problems.ShouldBeEmpty();
        composed.Unknown.ShouldBeEmpty();
    }

    [Fact]
    public void UP_1_What_is_typed_into_fields_is_what_the_file_would_say()
    {
        var composed = Compose(
            ("team_timezone", "Europe/Berlin"),
            ("team_workingdays", "Monday, Tuesday"),
            ("team_holidays", "2026-12-25: Christmas Day\n2026-12-26: Boxing Day"),
            ("people_awaywords", "away,  gone fishing "),
            ("people_awayemojis", "none"),
            ("escalations_stale_sev1", "never"),
            ("escalations_stale_sev4", "5 working days"),
            ("customers_countsfromarrabove", "75000"),
            ("customers_adoptionsteps", "0: 20; 100: 60"),
            ("assignments_mostatatime", 20),
            ("incidents_channel", "Public"),
            ("incidents_startbythemselves", false),
            ("help_welcomenewcomers", "false"),
            // Emptied, so the default holds.
            ("updates_every_sev1", ""),
            ("assignments_endnoticedays", null)
        );

        composed.Problems.ShouldBeEmpty();
        JsonNode
            .Parse(composed.Json!)!
            .ToJsonString()
            .ShouldBe(
                JsonNode
                    .Parse(
                        """
                        {
                          "escalations": { "stale": { "sev1": null, "sev4": "5 working days" } },
                          "incidents": { "startByThemselves": false, "channel": "Public" },
                          "assignments": { "mostAtATime": 20 },
                          "customers": {
                            "countsFromArrAbove": 75000,
                            "adoptionSteps": [
                              { "fromDay": 0, "percent": 20 },
                              { "fromDay": 100, "percent": 60 }
                            ]
                          },
                          "people": { "awayWords": ["away", "gone fishing"], "awayEmojis": [] },
                          "help": { "welcomeNewcomers": false },
                          "team": {
                            "timeZone": "Europe/Berlin",
                            "workingDays": ["Monday", "Tuesday"],
                            "holidays": [
                              { "date": "2026-12-25", "name": "Christmas Day" },
                              { "date": "2026-12-26", "name": "Boxing Day" }
                            ]
                          }
                        }
                        """
                    )!
                    .ToJsonString()
            );
    }

    [Fact]
    public void UP_1_What_is_wrong_is_named_by_its_field_with_the_value_and_what_would_be_right()
    {
        var problems = Compose(
            ("team_workingdays", "Monday, Funday"),
            ("team_holidays", "Christmas"),
            ("escalations_acknowledge_sev1", "soon"),
            ("assignments_mostatatime", "many"),
            ("customers_usageabove", "130"),
            ("incidents_startbythemselves", "perhaps")
        ).Problems;

        problems.Count.ShouldBe(6, string.Join('\n', problems));
        foreach (
            var (name, value, right) in new[]
            {
                ("Working hours and holidays > Working days", "Funday", "\"Monday\""),
                ("Working hours and holidays > Holidays", "Christmas", "2026-12-31"),
                ("Escalations > Nobody acknowledges, Sev 1", "soon", "write it as 15m"),
                (
                    "Assigned engineers > Customers with an assigned engineer, at the most",
                    "many",
                    "write a whole number"
                ),
                (
                    "Customers and their measures > Usage is healthy above, in percent",
                    "130",
                    "up to 100"
                ),
                ("Incidents > Playbooks start by themselves", "perhaps", "write true or false"),
            }
        )
        {
            var problem = problems
                .Where(p => p.StartsWith(name, StringComparison.Ordinal))
                .ShouldHaveSingleItem(name);
            problem.ShouldContain(value);
            problem.ShouldContain(right);
        }
    }

    [Fact]
    public void UP_1_What_can_be_read_and_can_not_be_is_named_by_its_field_as_well()
    {
        var problem = Compose(("team_timezone", "Europe/Berln")).Problems.ShouldHaveSingleItem();

        problem.ShouldStartWith("Working hours and holidays > Time zone: team.timeZone: ");
        problem.ShouldContain("\"Europe/Berln\"");
        problem.ShouldContain("America/New_York");
    }

    [Fact]
    public void UP_1_Fields_win_over_the_text_and_the_text_over_the_file()
    {
        File.WriteAllText(
            Path.Combine(_folder.Path, SettingsFile.Name),
            """{ "team": { "timeZone": "America/New_York" }, "updates": { "every": { "sev1": "2h" } } }"""
        );
        var (zone, hours) = ("team_timezone", "team_workinghours_to");

        var file = Compose((hours, "18:00"));
        Value(file, "team", "timeZone").ShouldBe("America/New_York");
        Value(file, "team", "workingHours", "to").ShouldBe("18:00");

        const string text =
            """{ /* by hand */ "team": { "timeZone": "Asia/Tokyo", "workingHours": { "from": "08:00", } } }""";
        var composed = ComposedSettings.Of(
            new Dictionary<string, JsonElement> { [hours] = Json("18:00"), [zone] = Json("UTC") },
            text,
            _folder.Path
        );
        // UTC is the default: the field says nothing.
        Value(composed, "team", "timeZone").ShouldBe("Asia/Tokyo");
        Value(composed, "team", "workingHours", "from").ShouldBe("08:00");
        Value(composed, "team", "workingHours", "to").ShouldBe("18:00");
        composed.Json!.ShouldNotContain("updates");

        var won = ComposedSettings.Of(
            new Dictionary<string, JsonElement> { [zone] = Json("Europe/Berlin") },
            text,
            _folder.Path
        );
        Value(won, "team", "timeZone").ShouldBe("Europe/Berlin");
    }

    [Theory]
    [InlineData("{ no json", "Settings as text: this is not JSON")]
    [InlineData("[]", "Settings as text: it has to be one object")]
    [InlineData("""{ "team": 7 }""", "Settings as text: team: found 7")]
    [InlineData("""{ "teem": {} }""", "did you mean team?")]
    public void UP_1_Text_that_can_t_be_used_is_told_whatever_the_fields_say(
        string text,
        string told
    ) =>
        ComposedSettings
            .Of(
                new Dictionary<string, JsonElement> { ["team_timezone"] = Json("Europe/Berlin") },
                text,
                _folder.Path
            )
            .Problems.ShouldHaveSingleItem()
            .ShouldContain(told);

    public void Dispose() => _folder.Dispose();

    private ComposedSettings Compose(params (string Key, object? Value)[] fields) =>
        ComposedSettings.Of(
            fields.ToDictionary(f => f.Key, f => Json(f.Value), StringComparer.Ordinal),
            null,
            _folder.Path
        );

    private static JsonElement Json(object? value) => JsonSerializer.SerializeToElement(value);

    private static string Value(ComposedSettings composed, params string[] path) =>
        path.Aggregate(JsonNode.Parse(composed.Json!)!, (at, name) => at[name]!).GetValue<string>();

    private static IEnumerable<string> Leaves(JsonTypeInfo type) =>
        type
            .Properties.Where(p => p.Set is not null)
            .SelectMany(p =>
                p.Options.GetTypeInfo(p.PropertyType) is { Kind: JsonTypeInfoKind.Object } below
                    ? Leaves(below).Select(leaf => $"{p.Name}.{leaf}")
                    : [p.Name]
            );
}
