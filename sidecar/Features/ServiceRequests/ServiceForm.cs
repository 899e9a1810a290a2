using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

/// <summary>The form for a statement of work: what is delivered, by whom, in what time (SRV-1).</summary>
internal sealed partial class ServiceForm(PeopleDirectory people)
{
    public const string Customer = "customer";
    public const string Title = "title";
    public const string Delivers = "delivers";
    public const string By = "by";
    public const string StartsOn = "starts_on";
    public const string DueOn = "due_on";
    public const string Days = "days";
    public const string AgreedBy = "agreed";

    // Of the moves' forms.
    public const string Who = "who";
    public const string On = "on";
    public const string How = "how";
    public const string Note = "note";
    public const string Text = "text";
    public const string Maintainer = "maintainer";

    /// <summary>As much as Mattermost takes on one line of a form.</summary>
    public const int LongestLine = 150;

    private const string InWriting = "in-writing";
    private const int MostYears = 2;
    private const int DaysOfWeek = 5;

    /// <summary>Asks for a new one, filled with what is known (ALL-1).</summary>
    /// <param name="customer">For whom; may be empty.</param>
    /// <param name="title">What it is; may be empty.</param>
    /// <param name="by">Who may deliver it; null when nobody is known.</param>
    /// <param name="about">What it is made of; may be empty.</param>
    public static DialogForm New(string customer, string title, UserId? by, Markdown about) =>
        new(
            "New service request",
            [
                CustomerArguments.Field(Customer, customer, "Name or key."),
                .. Fields(title, "", by, "", "", ""),
            ]
        )
        {
            Introduction = Markdown.Lines([
                about,
                Markdown.Of(
                    $"The statement of work that the customer signs off: what is delivered, by whom, in what time. The work begins after that."
                ),
            ]),
            SubmitLabel = "Prepare",
        };

    /// <summary>Asks what is to be changed.</summary>
    public static DialogForm Edit(ServiceRequest request)
    {
        var sow = request.Sow;
        return new(
            $"Edit {request.Id}",
            [
                .. Fields(
                    sow.Title,
                    sow.Delivers,
                    sow.By,
                    sow.StartsOn is { } start ? CalendarDay.Write(start) : "",
                    CalendarDay.Write(sow.DueOn),
                    sow.Days.ToString("0.##", CultureInfo.InvariantCulture)
                ),
                .. request.SignOff is null ? (DialogField[])[] : AgreedFields(),
            ]
        )
        {
            Introduction = request.SignOff is { } signed
                ? Markdown.Of(
                    $"**{request.CustomerName}** has signed this off ({ServiceWords.Word(signed)}). If you change it they sign off again; if they have agreed already, say below who did."
                )
                : Markdown.Of($"**{request.CustomerName}**"),
            Premise = ServiceWords.Agreement(request),
            SubmitLabel = "Save",
        };
    }

    /// <summary>What a new statement of work says; null when the answers have problems.</summary>
    public async ValueTask<StatementOfWork?> ReadNew(
        ServiceAnswers answers,
        CancellationToken cancel
    )
    {
        var change = await ReadChange(answers with { Changed = _ => true }, cancel);
        return change?.Invoke(new StatementOfWork("", "", null, null, default, 0));
    }

    /// <summary>
    /// What somebody changed, to be done to the statement of work as it is by then; null when the answers have problems.
    /// </summary>
    public async ValueTask<Func<StatementOfWork, StatementOfWork>?> ReadChange(
        ServiceAnswers answers,
        CancellationToken cancel
    )
    {
        var changes = new List<Func<StatementOfWork, StatementOfWork>>();
        if (answers.Changed(Title))
        {
            var title = answers.Text(
                Title,
                "Say in one line what it is.",
                ServiceRequest.MaxTitleLength
            );
            changes.Add(sow => sow with { Title = title });
        }

        if (answers.Changed(Delivers))
        {
            var delivers = answers.Text(Delivers, "Say what the customer gets.");
            changes.Add(sow => sow with { Delivers = delivers });
        }

        if (answers.Changed(By))
        {
            UserId? by = answers[By].Length == 0 ? null : new UserId(answers[By]);
            if (by is { } person && await WhyNotNamed(person, cancel) is { } why)
            {
                answers.Problems[By] = why;
            }

            changes.Add(sow => sow with { By = by });
        }

        var start = ReadDay(answers, StartsOn, isNeeded: false);
        var due = ReadDay(answers, DueOn, isNeeded: true);
        if (start > due)
        {
            answers.Problems[DueOn] =
                $"It can’t be delivered before the work begins, on {CalendarDay.Write(start.Value)}.";
        }

        if (answers.Changed(StartsOn))
        {
            changes.Add(sow => sow with { StartsOn = start });
        }

        if (answers.Changed(DueOn))
        {
            changes.Add(sow => sow with { DueOn = due ?? default });
        }

        if (answers.Changed(Days))
        {
            var days = ReadDays(answers);
            changes.Add(sow => sow with { Days = days });
        }

        return answers.Problems.Count > 0
            ? null
            : sow => changes.Aggregate(sow, (changed, change) => change(changed));
    }

    /// <summary>
    /// The customer's word for a change; null without one. Half of it is none: who, or how, is asked under its field.
    /// </summary>
    public static CustomerWord? Agreed(ServiceAnswers answers)
    {
        var (who, how) = (answers[AgreedBy], answers[How]);
        if (who.Length > 0 && how.Length == 0)
        {
            answers.Problems[How] = "Verbally, or in writing?";
        }
        else if (who.Length == 0 && how.Length > 0)
        {
            answers.Problems[AgreedBy] = "Who at the customer said so?";
        }

        return who.Length == 0 || how.Length == 0
            ? null
            : new CustomerWord(
                who,
                how == InWriting ? SaidHow.InWriting : SaidHow.Verbally,
                answers.Today,
                "",
                answers.By
            );
    }

    private static IEnumerable<DialogField> Fields(
        string title,
        string delivers,
        UserId? by,
        string startsOn,
        string dueOn,
        string days
    ) =>
        [
            new(Title, "What is it?", FieldKind.Text)
            {
                Default = title,
                MaxLength = ServiceRequest.MaxTitleLength,
                Help = "In one line, such as “Tickets from the service desk into channels”.",
            },
            new(Delivers, "What is delivered?", FieldKind.LongText)
            {
                Default = delivers,
                MaxLength = ServiceRequest.MaxTextLength,
                Help =
                    "What the customer gets, what they do themselves, and what is not part of it.",
            },
            new(By, "Who delivers it?", FieldKind.Person)
            {
                Optional = true,
                Default = by?.Value,
                Help = by is null
                    ? "Leave it empty and a DE lead is asked. The customer signs off who it is."
                    : "The customer signs off who it is.",
            },
            new(StartsOn, "From when?", FieldKind.Day)
            {
                Optional = true,
                Default = startsOn,
                HelpWhenTyped = "Such as 2026-03-09 or next monday.",
            },
            new(DueOn, "By when?", FieldKind.Day)
            {
                Default = dueOn,
                Help = "The day by which it is delivered.",
                HelpWhenTyped = "Such as 2026-03-20 or in 3 weeks.",
            },
            new(Days, "How many days of work?", FieldKind.Text)
            {
                Default = days,
                MaxLength = 20,
                Help = "Such as 3, 2.5 or 2 weeks. A day or less needs no service request.",
            },
        ];

    private static IEnumerable<DialogField> AgreedFields() =>
        [
            new(AgreedBy, "Who agreed to it?", FieldKind.Text)
            {
                Optional = true,
                MaxLength = ServiceRequest.MaxTitleLength,
                Help = "At the customer. Leave it empty if they have yet to be asked.",
            },
            new(How, "How did they say so?", FieldKind.Choice)
            {
                Optional = true,
                Options =
                [
                    new ControlOption("Verbally", "verbally"),
                    new ControlOption("In writing", InWriting),
                ],
            },
        ];

    private async ValueTask<string?> WhyNotNamed(UserId person, CancellationToken cancel) =>
        await people.Find(person, cancel) switch
        {
            null or { IsBot: true } => "Choose a person.",
            { IsDeactivated: true } => "That account is deactivated. Choose somebody else.",
            { IsGuest: true } or { IsOutside: true } =>
                "That is somebody from outside. Choose somebody on the team.",
            _ => null,
        };

    private static DateOnly? ReadDay(ServiceAnswers answers, string field, bool isNeeded)
    {
        var typed = answers[field];
        if (typed.Length == 0)
        {
            if (isNeeded)
            {
                answers.Problems[field] = "By when is it delivered? Such as 2026-03-20.";
            }

            return null;
        }

        var day = CalendarDay.Read(typed, answers.Today, out var problem);
        if (day is null)
        {
            answers.Problems[field] = problem;
        }
        else if (!answers.Changed(field))
        {
            // It was right when somebody set it.
            return day;
        }
        else if (day < answers.Today)
        {
            answers.Problems[field] = $"{CalendarDay.Write(day.Value)} has passed.";
        }
        else if (day > answers.Today.AddYears(MostYears))
        {
            answers.Problems[field] =
                $"{CalendarDay.Write(day.Value)} is more than {MostYears} years away.";
        }

        return day;
    }

    private static decimal ReadDays(ServiceAnswers answers)
    {
        var match = Effort().Match(BareWord.Of(answers[Days]));
        var number = match.Groups["n"].Value;
        if (
            !match.Success
            || !decimal.TryParse(
                number is ['a' or 'A' or 'o' or 'O', ..] ? "1" : number.Replace(',', '.'),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var days
            )
        )
        {
            answers.Problems[Days] = "Write it in days, such as 3, 2.5 or 2 weeks.";
            return 0;
        }

        days *= match.Groups["unit"].Value is ['w' or 'W', ..] ? DaysOfWeek : 1;
        if (days <= StatementOfWork.NoMoreThan)
        {
            answers.Problems[Days] = TooSmallForSow.Plain(answers[Customer]);
        }
        else if (days > StatementOfWork.MostDays)
        {
            answers.Problems[Days] =
                $"That is more than {StatementOfWork.MostDays} days. Agree on a part of it first.";
        }

        return days;
    }

    [GeneratedRegex(
        @"^(?<n>an?\s|one\s|\d{1,4}([.,]\d{1,2})?)\s*(?<unit>d|days?|w|weeks?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Effort();
}
