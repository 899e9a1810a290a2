using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.PersonalHours;
using Sidecar.Features.Reports;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Tests.Features.Agenda;
using Sidecar.Tests.Features.Customers;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Interactions;

/// <summary>What people type (T1 to T9): one reader for each kind of thing, whatever stands around it.</summary>
public sealed class TypedKindsTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("(ESC-2)")]
    [InlineData("**ESC-2**")]
    [InlineData("ESC-2.")]
    [InlineData("\"ESC-2\"")]
    [InlineData("`ESC-2`")]
    [InlineData("[ESC-2],")]
    [InlineData("ESC‑2")]
    [InlineData("ESC‐2")]
    [InlineData("ESC−2")]
    [InlineData("“ESC-2”")]
    [InlineData("_esc2_")]
    [InlineData("#2")]
    [InlineData("ＥＳＣ－２")]
    [InlineData("\u2066ESC\u00AD-2\u2069")]
    public void T4_T5_Numbers_are_read_whatever_stands_around_them(string typed) =>
        SeriesNumber.Read("ESC", typed).ShouldBe(2);

    [Theory]
    [InlineData("show (ESC-1)")]
    [InlineData("show **ESC-1**")]
    [InlineData("show \"ESC-1\"")]
    [InlineData("show ESC - 1")]
    [InlineData("show ESC‑1.")]
    [InlineData("Show: ESC-1")]
    [InlineData("SHOW esc 1!")]
    public async Task T5_Commands_take_numbers_as_sentences_have_them(string typed)
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        (await desk.Types("tam", $"/escalate {typed}")).Text.ShouldBe(
            (await desk.Types("tam", "/escalate show ESC-1")).Text
        );
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None.")]
    [InlineData("n/a")]
    [InlineData("N/A.")]
    [InlineData("-")]
    [InlineData("–")]
    [InlineData("keine")]
    [InlineData("(none)")]
    [InlineData("\u200Enone")]
    [InlineData("“none”")]
    public void T3_Clear_words_mean_nothing_everywhere(string typed)
    {
        NoneWord.Is(typed).ShouldBeTrue();
        NoneWord.IsInProse(typed).ShouldBeTrue();
        HoursReading.Read(typed, out _).ShouldBe(new HoursReading(null, null));
    }

    [Theory]
    [InlineData("no", true)]
    [InlineData("off.", true)]
    [InlineData("none of them", false)]
    [InlineData("nonetheless", false)]
    public void T8_Other_words_do_not(string typed, bool isNone)
    {
        NoneWord.Is(typed).ShouldBe(isNone);
        NoneWord.IsInProse(typed).ShouldBeFalse();
    }

    [Theory]
    [InlineData("agenda set off.", "No meeting was planned")]
    [InlineData("agenda set n/a", "No meeting was planned")]
    [InlineData("me daily off.", "no daily summary")]
    [InlineData("hours default.", "09:00–17:00")]
    [InlineData("hours none", "09:00–17:00")]
    [InlineData("list mine.", "Nothing")]
    public async Task T8_Words_of_ours_are_known_at_the_end_of_a_sentence(string typed, string says)
    {
        await using var desk = await Desk.Open();
        var said = (await desk.Types("lead", $"/escalate {typed}")).Text;
        said.ShouldNotContain("I do not understand");
        said.ShouldNotContain("is no ");
        if (!typed.StartsWith("list", StringComparison.Ordinal))
        {
            said.ShouldContain(says);
        }
    }

    [Theory]
    [InlineData("noon.", "12:00")]
    [InlineData("(noon)", "12:00")]
    [InlineData("**9am**", "09:00")]
    [InlineData("9.", "09:00")]
    [InlineData("8:30 am.", "08:30")]
    [InlineData("17:00!", "17:00")]
    public void T8_Times_end_sentences(string typed, string time) =>
        TypedClock.Read(typed).ShouldNotBeNull().ToString().ShouldBe(time);

    [Theory]
    [InlineData("2-3pm", "14:00-15:00", null)]
    [InlineData("9-noon", "09:00-12:00", null)]
    [InlineData("9am-noon", "09:00-12:00", null)]
    [InlineData("9-17.", "09:00-17:00", null)]
    [InlineData("9–17", "09:00-17:00", null)]
    [InlineData("9‑17", "09:00-17:00", null)]
    [InlineData("9-17 mon-thu", "09:00-17:00", "Mon-Thu")]
    [InlineData("12-5", "12:00-17:00", null)]
    public void T3_Hours_take_what_spans_are_written_as(string typed, string hours, string? days)
    {
        var read = HoursReading.Read(typed, out var problem);
        problem.ShouldBeEmpty();
        $"{read!.Hours?.From}-{read.Hours?.To}".ShouldBe(hours);
        (read.Days is { } some ? WeekDays.Write(some) : null).ShouldBe(days);
    }

    [Fact]
    public void T1_Hours_over_midnight_are_asked_about()
    {
        HoursReading.Read("17-9", out var problem).ShouldBeNull();
        problem.ShouldContain("is 09:00-17:00 meant?");
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("10.12")]
    [InlineData("1/2")]
    [InlineData("1-2-2026")]
    public void T1_A_day_that_can_be_two_is_asked_about(string typed)
    {
        TypedDate.Read(typed, Today, hasPassed: false, out var problem).ShouldBeNull();
        problem.ShouldContain("two ways");
    }

    [Theory]
    [InlineData("31.12", "2026-12-31")]
    [InlineData("1.2.", "2027-02-01")]
    [InlineData("2026‑01‑31", "2026-01-31")]
    [InlineData("2026‐01‐31.", "2026-01-31")]
    [InlineData("(2026-01-31)", "2026-01-31")]
    [InlineData("31 Jan 2026.", "2026-01-31")]
    public void T3_Days_are_read_with_any_hyphen_and_marks(string typed, string day) =>
        CalendarDay
            .Write(TypedDate.Read(typed, Today, hasPassed: false, out _).ShouldNotBeNull())
            .ShouldBe(day);

    [Theory]
    [InlineData("31 jan 2026", "2026-01-31", "2026-03-02")]
    [InlineData("1 jan to 31 jan", "2026-01-01", "2026-01-31")]
    [InlineData("2026-01-01..2026-01-31", "2026-01-01", "2026-01-31")]
    [InlineData("from last monday until yesterday", "2026-02-23", "2026-03-01")]
    [InlineData("since 2 weeks ago", "2026-02-16", "2026-03-02")]
    [InlineData("week.", "2026-02-24", "2026-03-02")]
    [InlineData("2025‑q4", "2025-10-01", "2025-12-31")]
    [InlineData("jan 2026", "2026-01-01", "2026-01-31")]
    [InlineData("December.", "2025-12-01", "2025-12-31")]
    public void T3_Reports_read_the_days_that_all_places_read(
        string typed,
        string first,
        string last
    )
    {
        var wish = ReportReading
            .Read(
                typed,
                new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
                TimeZoneInfo.Utc,
                out var problem
            )
            .ShouldNotBeNull(problem);
        CalendarDay.Write(wish.Span.First).ShouldBe(first);
        CalendarDay.Write(wish.Span.Last).ShouldBe(last);
    }

    [Theory]
    [InlineData("tue 14:00")]
    [InlineData("Tuesdays at 2 pm.")]
    [InlineData("every tuesday, 2pm")]
    [InlineData("14:00 on tuesday")]
    [InlineData("tue 14:00 a day before")]
    [InlineData("tue 2 pm 24 hours before.")]
    [InlineData("tue 14:00 UTC 1d before")]
    public async Task T3_The_agenda_reads_days_and_times_as_check_ins_do(string typed)
    {
        await using var desk = await AgendaDesk.Open();
        var said = (
            await desk.Types("lead", $"/escalate agenda set {typed}", AgendaDesk.Room)
        ).Text;
        said.ShouldContain("Tue");
        said.ShouldContain("14:00");
        said.ShouldContain("24 h before");
    }

    [Theory]
    [InlineData("https://x.y/z.", "https://x.y/z")]
    [InlineData("(https://x.y/z)", "https://x.y/z")]
    [InlineData("https://x.y/z),", "https://x.y/z")]
    [InlineData("https://x.y/a_(b)", "https://x.y/a_(b)")]
    [InlineData("<https://x.y/z|the bug>", "https://x.y/z")]
    [InlineData("[the bug](https://x.y/z)", "https://x.y/z")]
    [InlineData("“https://x.y/z”", "https://x.y/z")]
    [InlineData("\u200Ehttps://x.y/z\u200B", "https://x.y/z")]
    [InlineData("https://x.y/?q=1", "https://x.y/?q=1")]
    public void T8_Addresses_end_before_the_marks_of_a_sentence(string typed, string address) =>
        WebLink.Read(typed, out _).ShouldBe(address);

    [Theory]
    [InlineData("450.", 450)]
    [InlineData("(1,200)", 1200)]
    [InlineData("1\u202F200", 1200)]
    [InlineData("４５０", 450)]
    [InlineData("45\u200B0", 450)]
    public void T8_Counts_end_sentences(string typed, long count) =>
        TypedNumber.Whole(typed).ShouldBe(count);

    [Theory]
    [InlineData("Sev 2", Severity.Sev2)]
    [InlineData("sev 2.", Severity.Sev2)]
    [InlineData("P 2", null)]
    [InlineData("p2", Severity.Sev2)]
    [InlineData("Severity 2", Severity.Sev2)]
    [InlineData("Sev 2 or so", null)]
    public void T6_A_severity_is_read_whole(string typed, object? severity) =>
        TypedSeverity.Whole(typed).ShouldBe((Severity?)severity);

    [Theory]
    [InlineData("severity Sev 2", "Sev 2")]
    [InlineData("severity Sev‑2.", "Sev 2")]
    [InlineData("effort Very high", "Very high")]
    [InlineData("effort very_high", "Very high")]
    [InlineData("impact As the severity", "")]
    public async Task T6_Values_are_typed_as_menus_show_them(string typed, string shown)
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        var said = (await desk.Types("tam", $"/escalate edit ESC-1 {typed}")).Text;
        said.ShouldNotContain("Choose one of");
        said.ShouldContain(shown);
    }

    [Fact]
    public async Task T6_Every_choice_that_a_menu_shows_is_understood_when_it_is_typed()
    {
        foreach (var category in Vocabulary.Categories)
        {
            Vocabulary.Categories.Read(category.Label).ShouldBe(category.Value);
        }

        await using var desk = await Desk.Open();
        foreach (var team in OwningTeams.All)
        {
            (
                await desk.Types(Desk.Admin, $"/escalate team channel {team.Label} here")
            ).Text.ShouldNotContain("is no team");
        }
    }

    [Fact]
    public async Task T6_Names_of_several_words_need_no_quotes_the_longest_that_fits_first()
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", "/escalate customer add acme \"Acme\"");
        await desk.Types("tam", "/escalate customer add al \"Acme Labs\"");
        await desk.Types("tam", "/escalate customer add ach \"Acme Labs Cloud Host\"");
        (await desk.Types("tam", "/escalate customer set Acme Labs arr 5k")).Text.ShouldStartWith(
            "Acme Labs: ARR"
        );
        (
            await desk.Types("tam", "/escalate customer set acme labs cloud host arr 6k")
        ).Text.ShouldStartWith("Acme Labs Cloud Host: ARR");
        (await desk.Types("tam", "/escalate customer set acme Hosting provider AWS")).Text.ShouldBe(
            "Acme: Hosting provider is AWS now."
        );
        (await desk.Types("tam", "/escalate customer show (Acme Labs).")).Text.ShouldContain(
            "`al`"
        );
        (await desk.Types("tam", "/escalate customer measure acme mau n/a")).Text.ShouldContain(
            "was recorded already"
        );
        (await desk.Types("tam", "/escalate customer set acme hosting Azure")).Text.ShouldStartWith(
            "Acme: Hosting"
        );
        (
            await desk.Types("tam", "/escalate customer measure Acme Labs, mau 5 on 2026-03-01")
        ).Text.ShouldStartWith("Recorded for Acme Labs on 2026-03-01");
        (
            await desk.Types("tam", "/escalate checkin history Acme Labs before last fri")
        ).Text.ShouldContain("Acme Labs has had no assigned engineer");
    }

    [Theory]
    [InlineData("istanbul", "İSTANBUL")]
    [InlineData("istanbul", "ISTANBUL")]
    [InlineData("ıstanbul", "İstanbul")]
    [InlineData("οδός", "ΟΔΌΣ")]
    [InlineData("straße", "STRAßE")]
    [InlineData("ﬁrst", "FIRST")]
    public void T4_Names_are_compared_in_every_language_alike(string one, string other)
    {
        CustomerIndexes.Plain(one).ShouldBe(CustomerIndexes.Plain(other));
        CustomerKey.Of(one).ShouldBe(CustomerKey.Of(other));
    }

    [Fact]
    public async Task T4_Customers_are_found_in_any_case_of_any_language()
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", "/escalate customer add tr \"İstanbul Işık\"");
        await desk.Types("tam", "/escalate customer add gr \"ΟΔΟΣ\"");
        foreach (var typed in (string[])["istanbul ışık", "ISTANBUL IŞIK", "İSTANBUL IŞIK"])
        {
            (await desk.Types("tam", $"/escalate customer show {typed}")).Text.ShouldContain(
                "İstanbul Işık"
            );
        }

        (await desk.Types("tam", "/escalate customer show οδος")).Text.ShouldContain("ΟΔΟΣ");
    }

    [Theory]
    [InlineData("＠engineer")]
    [InlineData("@engineer.,")]
    [InlineData("(@engineer)")]
    [InlineData("@engi\u200Bneer")]
    [InlineData("**@Engineer**")]
    public async Task T5_People_are_found_however_their_names_are_typed(string typed)
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        (await desk.Types("lead", $"/escalate assign ESC-1 {typed}")).Text.ShouldContain(
            "@engineer"
        );
        (await desk.Types("tam", $"/escalate customer set acme ce {typed}")).Text.ShouldContain(
            "@engineer now"
        );
    }

    [Theory]
    [InlineData("~Off-Topic")]
    [InlineData("～off-topic")]
    [InlineData("~off-topic.,")]
    [InlineData("(~off-topic)")]
    [InlineData("~off‑topic")]
    [InlineData("**~Off-Topic**.")]
    public async Task T5_Channels_are_found_however_their_names_are_typed(string typed)
    {
        await using var desk = await Desk.Open();
        (
            await desk.Types(Desk.Admin, $"/escalate team channel support {typed}")
        ).Text.ShouldContain("~off-topic");
    }

    [Theory]
    [InlineData("It is down.")]
    [InlineData("Is it down?")]
    [InlineData("It is down!")]
    [InlineData("Acme Inc.")]
    public void T9_A_sentence_within_a_sentence_ends_once(string said)
    {
        foreach (
            var text in (Markdown[])
                [
                    Markdown.Of($"They said: {said}."),
                    Markdown.Of($"They said “{said}”."),
                    Markdown.Of($"They said: {Markdown.Of($"“{said}”")}."),
                    Markdown.Of($"They said **{said}**."),
                    Markdown.Of($"They said (**{said}**). Nothing was done."),
                ]
        )
        {
            var shown = text.Show(_ => null).Replace("\\", "", StringComparison.Ordinal);
            shown.ShouldNotMatch("[.?!][*”)]*[.]");
            shown.ShouldContain(said);
        }

        Markdown.Of($"It is {Markdown.Code("x.")}.").Show(_ => null).ShouldEndWith("`.");
    }

    [Theory]
    [InlineData("🇩🇪", 1)]
    [InlineData("👨‍👩‍👧", 1)]
    [InlineData("é", 1)]
    [InlineData("abc", 3)]
    [InlineData("", 0)]
    public void T7_Texts_are_as_long_as_people_count(string text, int length) =>
        TextLength.Of(text).ShouldBe(length);

    [Fact]
    public async Task T7_Limits_count_and_tell_what_people_count()
    {
        await using var desk = await EmptyBook.Open();
        var flags = string.Concat(Enumerable.Repeat("🇩🇪", 30));
        (
            await desk.Types("tam", $"/escalate customer add flags \"{flags} Co\"")
        ).Text.ShouldContain("is added");
        // What the form is filled with has more places than its limit says.
        await desk.Types("tam", "/escalate customer edit flags");
        desk.Mattermost.OpenDialogOf("tam")
            .ShouldNotBeNull()["name"]
            .Default.ShouldBe($"{flags} Co");
        (
            await desk.Types(
                "tam",
                $"/escalate customer add more \"{new string('x', 77)}🇩🇪🇩🇪🇩🇪🇩🇪\""
            )
        ).Text.ShouldContain("takes 80 characters; yours has 81.");
        (
            await desk.Types("tam", $"/escalate customer add more \"{flags}{flags} Co\"")
        ).Text.ShouldContain("yours has 63, and some of them");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("s")]
    [InlineData("sev")]
    public void U1_A_beginning_that_goes_on_is_waited_for(string begin) =>
        SpokenWord.Read(begin + "😀 down", ["sev1!"]).ShouldBeNull();

    [Fact]
    public void T8_A_customers_cells_are_cleared_by_words() =>
        CustomerFields.Hosting.Read("", Today).ShouldBe(FieldReading.Of(""));
}
