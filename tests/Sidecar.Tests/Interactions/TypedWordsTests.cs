using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Customers;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Interactions;

/// <summary>What people type instead of what the help says, through the door.</summary>
public sealed class TypedWordsTests
{
    [Theory]
    [InlineData("sev1", Severity.Sev1)]
    [InlineData("p1", Severity.Sev1)]
    [InlineData("P4:", Severity.Sev4)]
    [InlineData("S2", Severity.Sev2)]
    [InlineData("Severity-3", Severity.Sev3)]
    [InlineData("\u200Esev–2\u200F", Severity.Sev2)]
    [InlineData("prio2", Severity.Sev2)]
    public void U8_Severities_by_the_words_of_other_tools(string typed, object severity) =>
        TypedSeverity
            .Read(typed, null)
            .Read.ShouldBe(new TypedSeverity.KnownSeverity((Severity)severity));

    [Theory]
    [InlineData("sev", "1", 2)]
    [InlineData("Priority", "2", 2)]
    [InlineData("sev", "is", 0)]
    [InlineData("priority", "inbox", 0)]
    [InlineData("p", "1", 0)]
    [InlineData("s3cret", "x", 0)]
    public void U8_A_number_apart_is_taken_with_its_word(string word, string next, int taken) =>
        TypedSeverity.Read(word, next).Words.ShouldBe(taken);

    [Fact]
    public async Task U8_A_severity_that_is_none_is_asked_about_and_nothing_is_lost()
    {
        await using var desk = await Desk.Open();
        foreach (var typed in (string[])["new acme sev5 Down", "new acme p0 Down", "list sev 9"])
        {
            var said = (await desk.Types("tam", $"/escalate {typed}")).Text;
            said.ShouldContain("is not a severity");
            said.ShouldContain(typed);
        }

        desk.Cards().ShouldBeEmpty();
    }

    [Fact]
    public async Task U8_Several_words_need_no_quotes_where_the_border_is_seen()
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", "/escalate customer add nb \"Northern Bank\"");
        (
            await desk.Types("tam", "/escalate new Northern Bank p2 Login is down")
        ).Text.ShouldContain("for Northern Bank");
        await desk.Types("tam", "/escalate customer add hl \"Harbour Lines\"");
        (
            await desk.Types("tam", "/escalate new p3 harbour lines Search is slow, too")
        ).Text.ShouldContain("for Harbour Lines");
        (await desk.Types("tam", "/escalate new Some Other Firm sev 3 Slow")).Text.ShouldContain(
            "for Some Other Firm"
        );
        (await desk.Types("tam", "/escalate list Northern Bank")).Text.ShouldContain(
            "Login is down"
        );
        (await desk.Types("tam", "/escalate list sev 2")).Text.ShouldContain("Login is down");
        (await desk.Types("tam", "/escalate list p3")).Text.ShouldNotContain("Login is down");
    }

    [Fact]
    public async Task U8_A_customer_at_the_beginning_offers_the_form()
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", "/escalate customer add nb \"Northern Bank\"");
        await desk.Types("tam", "/escalate northern login is down");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["customer"].Default.ShouldBe("Northern Bank");
        form["summary"].Default.ShouldBe("login is down");
        desk.Cards().ShouldBeEmpty();
    }

    [Fact]
    public async Task U8_Synonyms_are_understood_and_misspelt_ones_lead_to_the_command()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        (await desk.Types("tam", "/escalate status ESC-1")).Text.ShouldBe(
            (await desk.Types("tam", "/escalate show ESC-1")).Text
        );
        (await desk.Types("tam", "/escalate acknowlege ESC-1")).Text.ShouldContain(
            "/escalate ack ESC-1"
        );
        (await desk.Types("engineer", "/escalate acknowledge ESC-1")).Text.ShouldNotContain(
            "I don’t know"
        );
    }

    [Fact]
    public async Task T4_Marks_that_nobody_sees_do_not_stand_between_people_and_commands()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        (await desk.Types("tam", "/escalate show \u2066ESC-1\u2069")).Text.ShouldBe(
            (await desk.Types("tam", "/escalate show ESC-1")).Text
        );
    }

    [Fact]
    public async Task X2_More_than_a_message_holds_is_refused_with_the_limit()
    {
        await using var desk = await Desk.Open();
        var said = (await desk.Types("tam", $"/escalate find {new string('x', 40_000)}")).Text;
        said.ShouldContain("takes 16383 characters");
        said.ShouldContain("40005");
        said.Length.ShouldBeLessThan(1500);
    }

    [Fact]
    public async Task X2_Rights_come_before_what_costs_time()
    {
        await using var desk = await Desk.Open();
        var roles = string.Concat(Enumerable.Repeat("x,", 8000));
        (await desk.Types("tam", $"/escalate role grant @lead {roles}")).Text.ShouldStartWith(
            "To "
        );
        (await desk.Types(Desk.Admin, $"/escalate role grant @lead {roles}")).Text.ShouldContain(
            "longer than a list of all roles"
        );
    }

    [Theory]
    [InlineData("acme Acme Corp", "acme", "Acme Corp", "")]
    [InlineData("Acme Labs", "acme-labs", "Acme Labs", "")]
    [InlineData("acme labs", "acme-labs", "acme labs", "")]
    [InlineData("Studio 54", "studio-54", "Studio 54", "")]
    [InlineData("Acme 250k enterprise", "acme", "Acme", "250,000")]
    public async Task T6_U22_What_is_typed_behind_customer_add_is_told_in_one_line(
        string typed,
        string key,
        string name,
        string arr
    )
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", $"/escalate customer add {typed}");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["name"].Default.ShouldBe(name);
        form["key"].Default.ShouldBe(key);
        (form["arr"].Default ?? "").ShouldBe(arr);
        if (arr.Length > 0)
        {
            form.IntroductionText.ShouldContain(
                "Understood: name **Acme** and ARR in USD **USD 250,000**. I could not place “enterprise”."
            );
        }
    }
}
