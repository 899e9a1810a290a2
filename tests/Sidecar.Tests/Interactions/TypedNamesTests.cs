using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Tests.Features.Customers;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Interactions;

/// <summary>Names as people type them (T4 to T6, T9), through the door.</summary>
public sealed class TypedNamesTests
{
    /// <summary>Marks that nobody sees.</summary>
    public static TheoryData<char> Unseen =>
        [
            '\u2061',
            '\u2062',
            '\u2063',
            '\u2064',
            '\uFFFC',
            '\u180E',
            '\u034F',
            '\uFE0F',
            '\u200B',
            '\u2066',
            '\u00AD',
        ];

    [Theory]
    [MemberData(nameof(Unseen))]
    public void T4_Marks_that_nobody_sees_are_dropped_where_words_are_read(char mark)
    {
        SeriesNumber.Read("ESC", $"{mark}ES{mark}C-2{mark}").ShouldBe(2);
        TypedNumber.Whole($"4{mark}5").ShouldBe(45);
        NameFolding.Plain($"{mark}Ac{mark}me Corp{mark}").ShouldBe("acme corp");
        CommandLine
            .Read($"{mark}show E{mark}SC-1")
            .Words.Select(w => w.Value)
            .ShouldBe(["show", "ESC-1"]);
        SentenceMarks.Name($"{mark}@en{mark}gineer", '@').ShouldBe("engineer");
    }

    [Theory]
    [MemberData(nameof(Unseen))]
    public async Task T4_Commands_and_names_are_found_with_marks_that_nobody_sees(char mark)
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Settled();
        (await desk.Types("tam", $"/escalate sh{mark}ow {mark}ESC-1")).Text.ShouldBe(
            (await desk.Types("tam", "/escalate show ESC-1")).Text
        );
        (await desk.Types("tam", $"/escalate customer show ac{mark}me")).Text.ShouldBe(
            (await desk.Types("tam", "/escalate customer show acme")).Text
        );
        (await desk.Types("lead", $"/escalate assign ESC-1 @engi{mark}neer")).Text.ShouldContain(
            "@engineer"
        );
    }

    [Fact]
    public void T4_Joiners_stay_in_prose_and_the_panel_is_heard()
    {
        CommandLine
            .Read("update ESC-1 👨‍👩‍👧 ❤️ is fine")
            .From(2)
            .ShouldBe("👨‍👩‍👧 ❤️ is fine");
        CommandLine.Read("panel \u2063{\"v\":2}").From(1).ShouldBe("\u2063{\"v\":2}");
    }

    [Theory]
    [InlineData("@engineer:")]
    [InlineData("@engineer: look")]
    [InlineData("\"@engineer\"")]
    [InlineData("“@engineer”")]
    [InlineData("'@engineer':")]
    [InlineData("and @engineer")]
    public async Task T5_People_are_found_with_marks_and_quotes_around_their_names(string typed)
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        var isAlone = !typed.EndsWith("look", StringComparison.Ordinal);
        (
            await desk.Types("lead", $"/escalate {(isAlone ? "assign ESC-1" : "hours")} {typed}")
        ).Text.ShouldNotContain("nobody called");
        if (isAlone)
        {
            (await desk.Types("tam", "/escalate show ESC-1")).Text.ShouldContain("@engineer");
        }
    }

    [Theory]
    [InlineData("@engineer and @lead")]
    [InlineData("@engineer, @lead")]
    [InlineData("@engineer,@lead")]
    [InlineData("@engineer/@lead")]
    [InlineData("@engineer & @lead.")]
    [InlineData("@engineer: @lead")]
    public async Task T5_Two_people_are_named_as_in_sentences(string typed)
    {
        await using var desk = await Desk.Open();
        (await desk.Types("lead", $"/escalate duty {typed}")).Text.ShouldBe(
            "On duty: @engineer, backed up by @lead."
        );
    }

    [Theory]
    [InlineData("\"Acme Two\" acme2", "acme2", "Acme Two", "")]
    [InlineData("“Acme Two” acme2 250k", "acme2", "Acme Two", "250,000")]
    [InlineData("\"Acme Two\" Acme2", "acme-two-acme2", "\"Acme Two\" Acme2", "")]
    [InlineData("3m 3M", "3m", "3M", "")]
    [InlineData("3m 3M Company 5m", "3m", "3M Company", "5,000,000")]
    [InlineData("acme 5M", "acme", "acme", "5,000,000")]
    public async Task T6_A_key_stands_beside_its_name(
        string typed,
        string key,
        string name,
        string arr
    )
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", $"/escalate customer add {typed}");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["key"].Default.ShouldBe(key);
        form["name"].Default.ShouldBe(name);
        (form["arr"].Default ?? "").ShouldBe(arr);
    }

    [Theory]
    [InlineData("Harbour Lines: Slow uploads")]
    [InlineData("Harbour Lines - Slow uploads")]
    [InlineData("Harbour Lines – Slow uploads")]
    [InlineData("Harbour Lines , Slow uploads")]
    [InlineData("Harbour Lines, Slow uploads")]
    public async Task T6_What_parts_the_customer_from_the_rest_is_no_part_of_either(string typed)
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", "/escalate customer add hl \"Harbour Lines\"");
        await desk.Types("tam", $"/escalate new {typed}");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["customer"].Default.ShouldBe("Harbour Lines");
        form["summary"].Default.ShouldBe("Slow uploads");
    }

    [Fact]
    public async Task T6_T9_A_name_in_front_of_a_severity_ends_before_the_comma()
    {
        await using var desk = await EmptyBook.Open();
        var said = (await desk.Types("tam", "/escalate new Acme, Inc., sev3, Slow uploads")).Text;
        said.ShouldContain("for Acme, Inc");
        said.ShouldNotContain(",.");
        said.ShouldNotContain("..");
        (await desk.Types("tam", "/escalate new yahoo: sev3 - Slow")).Text.ShouldContain(
            "for yahoo."
        );
    }

    [Fact]
    public async Task T6_A_name_of_several_words_that_nobody_has_is_replaced_whole()
    {
        await using var desk = await EmptyBook.Open();
        await desk.Knows("stm", "St Mary's Hospital", 100_000);
        (
            await desk.Types("tam", "/escalate customer set St. Marys Hospitl zone Europe/Berlin")
        ).Text.ShouldContain("`/escalate customer set stm zone Europe/Berlin`");
    }

    [Theory]
    [InlineData("show \"Sev 1 outage\"")]
    [InlineData("show Sev 1 outage")]
    [InlineData("show “sev1”")]
    [InlineData("show SEV1.")]
    public async Task T6_Playbooks_are_found_by_the_name_that_lists_show(string typed)
    {
        await using var desk = await Desk.Open();
        (await desk.Types("lead", $"/escalate playbook {typed}")).Text.ShouldBe(
            (await desk.Types("lead", "/escalate playbook show sev1")).Text
        );
    }

    [Theory]
    [InlineData("@acme sev3 Slow", "for Acme.")]
    [InlineData("@acme: sev3 Slow", "for Acme.")]
    [InlineData("@corner shop sev3 Slow", "for Corner Shop.")]
    [InlineData("sev3 ＠Corner Shop Slow", "for Corner Shop.")]
    [InlineData("@stranger sev3 Slow", "for stranger.")]
    [InlineData("@engineer sev1 Down", "for engineer.")]
    public async Task T6_A_customer_typed_with_an_at_sign_is_the_customer(
        string typed,
        string raised
    )
    {
        await using var desk = await Desk.Open();
        await desk.Knows("corner", "Corner Shop", 100_000);
        (await desk.Types("tam", $"/escalate new {typed}")).Text.ShouldContain(raised);
    }

    [Theory]
    [InlineData("list @acme", "list acme")]
    [InlineData("customer show @Acme", "customer show acme")]
    [InlineData("customer show @acme.", "customer show acme")]
    public async Task T6_So_it_is_wherever_a_customer_is_named(string typed, string plain)
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        (await desk.Types("tam", $"/escalate {typed}")).Text.ShouldBe(
            (await desk.Types("tam", $"/escalate {plain}")).Text
        );
    }

    [Theory]
    [InlineData("@engineer sev3 Slow", "sev3")]
    [InlineData("@engineer Slow", "")]
    public async Task T6_Who_is_of_the_team_is_no_customer_of_what_can_wait(
        string typed,
        string severity
    )
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", $"/escalate new {typed}")).Text.ShouldBeEmpty();
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form.IntroductionText.ShouldContain(
            "@engineer is somebody of this team. Whose problem is it?"
        );
        (form["customer"].Default ?? "").ShouldBeEmpty();
        (form["summary"].Default, form["severity"].Default ?? "").ShouldBe(("Slow", severity));
        (await desk.Find(1)).ShouldBeNull();
    }

    public static TheoryData<string, string> TeamsAsShown
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var team in OwningTeams.All)
            {
                foreach (var name in team.Names.Distinct(StringComparer.OrdinalIgnoreCase))
                {
                    names.Add(team.Label, name);
                }
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(TeamsAsShown))]
    public async Task T6_Teams_are_taken_as_they_are_shown(string label, string name)
    {
        await using var desk = await Desk.Open();
        foreach (
            var typed in (string[])
                [name, name.ToLowerInvariant(), name.ToUpperInvariant(), $"“{name}”"]
        )
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            (await desk.Types("lead", $"/escalate team channel {typed} here")).Text.ShouldStartWith(
                $"Escalations for {label} come to"
            );
            (await desk.Types("lead", $"/escalate team channel {typed} off")).Text.ShouldContain(
                "has no channel any more"
            );
        }
    }

    [Theory]
    [InlineData("Customer Support", "Customer Support and CRE", "")]
    [InlineData(
        "customer support it is their proxy",
        "Customer Support and CRE",
        "it is their proxy"
    )]
    [InlineData(
        "Customer Support and CRE It is their proxy",
        "Customer Support and CRE",
        "It is their proxy"
    )]
    [InlineData("the csm and tam They pay", "the CSM and TAM", "They pay")]
    [InlineData("the tam they know", "the TAM", "they know")]
    [InlineData("product engineering A bug", "Product Engineering", "A bug")]
    public async Task T6_A_team_stands_in_front_of_what_it_should_know(
        string typed,
        string label,
        string note
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Raised();
        (await desk.Types("engineer", $"/escalate redirect ESC-1 {typed}")).Text.ShouldStartWith(
            $"ESC-1 is handed over to {label}, with what was done."
        );
        (await desk.Stored()).StateReason.ShouldBe(
            note.Length > 0 ? note : $"it belongs to {label}"
        );
    }

    [Fact]
    public async Task T6_A_wrong_category_names_the_choices()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        var said = (await desk.Types("tam", "/escalate edit ESC-1 category nonsense")).Text;
        said.ShouldContain("Choose one of deployment, nonstandard-deployment");
        said.ShouldContain("feature");
    }

    [Fact]
    public async Task T9_A_name_that_ends_as_sentences_do_ends_them()
    {
        await using var desk = await Desk.Open();
        await desk.Hires("lee.", Role.SupportEngineer);
        var said = (await desk.Types("lead", "/escalate duty @engineer @lee.")).Text;
        said.ShouldBe("On duty: @engineer, backed up by @lee.");
        var lee = desk.IdOf("lee.");
        Markdown
            .Of($"It is **{lee}**. Then {lee} went… and {lee}, too.")
            .Show(_ => "lee.")
            .ShouldBe("It is **@lee.** Then @lee. went… and @lee., too.");
    }

    [Theory]
    [InlineData("„Es ist aus.“")]
    [InlineData("«C'est fini.»")]
    [InlineData("“It is over.”")]
    [InlineData("(It is over.)")]
    [InlineData("\"It is over!\"")]
    [InlineData("[It is over.]")]
    public void T9_A_sentence_that_ends_with_a_quotation_ends_once(string said)
    {
        foreach (
            var text in (Markdown[])
                [
                    Markdown.Of($"They said {said}."),
                    Markdown.Of($"They said {Markdown.Typed(said)}."),
                ]
        )
        {
            text.Show(_ => null)
                .Replace("\\", "", StringComparison.Ordinal)
                .ShouldBe($"They said {said}");
        }
    }
}
