using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.PersonalHours;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.PersonalHours;

/// <summary><c>/escalate hours</c> as people use it, on a Monday at 09:00 UTC.</summary>
public sealed class PersonalHoursTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UPD_4_People_set_when_they_work_and_are_shown_it()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", "/escalate hours")).Text.ShouldStartWith(
            "Your working hours: **Mon-Fri 09:00–17:00**, UTC (the team’s). At work now."
        );
        (await desk.Types("tam", "/escalate hours mon-thu 11:00 - 15:00")).Text.ShouldBe(
            "Your working hours: **Mon-Thu 11:00–15:00**, UTC (your own). At work again Mon 2 Mar 11:00 UTC (in 2 h)."
        );
        var time = await desk.Parts.GetRequiredService<PeopleTimes>().Of(desk.IdOf("tam"), Cancel);
        time.NextAskable(Desk.Morning.AddDays(4))
            .ShouldBe(new DateTimeOffset(2026, 3, 9, 11, 0, 0, TimeSpan.Zero));
        (await desk.Types("tam", "/escalate hours mon-thu 11-15")).Text.ShouldStartWith(
            "Nothing was changed."
        );
        (await desk.Types("tam", "/escalate hours default")).Text.ShouldContain("(the team’s)");
    }

    [Fact]
    public async Task UPD_4_Leads_set_those_of_others_who_are_told()
    {
        await using var desk = await Desk.Open();
        (await desk.Types("tam", "/escalate hours @engineer 07:00-15:00")).Text.ShouldStartWith(
            "To set somebody’s working hours you need"
        );
        (await desk.Types("lead", "/escalate hours @engineer 07:00-15:00")).Text.ShouldStartWith(
            "The working hours of @engineer: **Mon-Fri 07:00–15:00**, UTC (their own)."
        );
        desk.ToldTo("engineer")
            .ShouldContain(t => t.StartsWith("@lead set your working hours to **07:00–15:00**."));
        (await desk.Types("tam", "/escalate hours @engineer")).Text.ShouldContain("07:00–15:00");

        var entries = await desk.Store.Engine.ReadAudit(
            PersonHours.SubjectOf(desk.IdOf("engineer")),
            0,
            100,
            Cancel
        );
        JsonSerializer
            .Deserialize(
                entries.ShouldHaveSingleItem().Entry.Body.Span,
                PersonHoursJson.Default.PersonHoursFact
            )!
            .By.ShouldBe(desk.IdOf("lead"));
    }

    [Theory]
    [InlineData("07:00-15:00", "07:00-15:00", null)]
    [InlineData("9am – 5:30pm", "09:00-17:30", null)]
    [InlineData("9 to 17", "09:00-17:00", null)]
    [InlineData("Mon, Wed 9-24:00", "09:00-24:00", "Mon,Wed")]
    [InlineData("default", "-", null)]
    [InlineData("9 am-5 pm", "09:00-17:00", null)]
    [InlineData("9\u00A0am – 5\u00A0pm", "09:00-17:00", null)]
    [InlineData("noon-8pm", "12:00-20:00", null)]
    [InlineData("noon to midnight", "12:00-24:00", null)]
    [InlineData("9-5", "09:00-17:00", null)]
    [InlineData("1-5pm", "13:00-17:00", null)]
    [InlineData("from 9am until 5pm", "09:00-17:00", null)]
    [InlineData("mon - thu 9 - 15", "09:00-15:00", "Mon-Thu")]
    [InlineData("Mon to Thu 9 to 3pm", "09:00-15:00", "Mon-Thu")]
    [InlineData("mondays and fridays, 9.30-15.45", "09:30-15:45", "Mon,Fri")]
    [InlineData("0830-1700", "08:30-17:00", null)]
    [InlineData("\u200E07:00-15:00", "07:00-15:00", null)]
    public void Hours_are_read_as_people_write_them(string text, string hours, string? days)
    {
        var read = HoursReading.Read(text, out var problem);
        problem.ShouldBeEmpty();
        $"{read!.Hours?.From}-{read.Hours?.To}".ShouldBe(hours);
        (read.Days is { } some ? Sidecar.Time.WeekDays.Write(some) : null).ShouldBe(days);
    }

    [Theory]
    [InlineData("late", "“late”")]
    [InlineData("someday 9-17", "“someday”")]
    [InlineData("9-25", "“9-25”")]
    [InlineData("22:00-06:00", "begins at 22:00 can’t end at 06:00")]
    [InlineData("9am", "“9am”")]
    public void What_is_none_is_quoted(string text, string says)
    {
        HoursReading.Read(text, out var problem).ShouldBeNull();
        problem.ShouldContain(says);
    }
}
