"""Singular and plural, and what a report says if something is missing."""

from dataclasses import replace

from cases.models import Gender
from reporting import sentences
from reporting.plain_text import as_text
from web.weeks import Week

from .examples import CONTACT, ODD, REPORT_2019, report_of


def test_one_is_not_many():
    one = ODD["one ung"]
    assert one.answer.startswith("0 af 1 ung er i uddannelse")
    assert sentences.people_in_progress(one) == "Den ene i forløb er 1 pige på 17 år."
    assert sentences.counted_from(one) == "1 ung, 1 status og 1 møde."
    assert (
        sentences.gaps(one)
        == "1 ung i forløb stod uden boligområde og 1 ung i forløb stod uden mentor."
    )
    assert sentences.free_places(one) == "39 ledige pladser af 40"
    assert sentences.free_places(replace(one, enrolled=39)) == "1 ledig plads af 40"


def test_the_words_of_2019():
    assert (
        sentences.people_in_progress(REPORT_2019)
        == "De 25 i forløb er 23 drenge og 2 piger på 16–27 år."
    )
    counts = "Målet tæller unge med status Uddannelse (6), Arbejde (3) eller Afsluttet (1)."
    assert sentences.who_counts(REPORT_2019) == counts
    assert sentences.goal_gap(REPORT_2019.goal) == "Der mangler 20, før målet på 30 er nået."
    assert [sentences.other_way(neighbour) for neighbour in REPORT_2019.goal.neighbours] == [
        "hvis Afsluttet ikke tæller med",
        "hvis Skole også tæller med",
    ]
    assert sentences.empty_areas(REPORT_2019) == "Ingen unge fra Søparken er indskrevet."
    assert sentences.weeks(CONTACT) == "12 hele uger, uge 49 i 2018 til uge 8 i 2019"
    assert sentences.gaps(REPORT_2019) == "Alle i forløb havde boligområde og mentor den dag."
    assert sentences.since_last(REPORT_2019) == (
        4,
        "i uddannelse eller arbejde siden 1. december 2018",
    )


def test_weeks_of_one_year_and_a_single_week():
    assert (
        sentences.weeks(replace(CONTACT, first=Week(2019, 3), weeks=6))
        == "6 hele uger, uge 3 til uge 8 i 2019"
    )
    assert (
        sentences.weeks(replace(CONTACT, first=Week(2019, 8), weeks=1)) == "1 hel uge, uge 8 i 2019"
    )


def test_all_three_genders():
    mixed = replace(REPORT_2019, sexes=((Gender.MALE, 1), (Gender.FEMALE, 1), (Gender.OTHER, 1)))
    assert sentences.sexes(mixed) == "1 dreng, 1 pige og 1 af andet køn"


def test_the_goal_reached_and_more_people_than_places():
    assert sentences.goal_gap(ODD["the goal reached"].goal) == "Målet er nået."
    assert sentences.free_places(ODD["the goal reached"]) == ""
    assert sentences.free_places(ODD["more than the places"]) == "29 flere end de 40 pladser"


def test_several_empty_areas():
    assert (
        sentences.empty_areas(ODD["outside the areas"])
        == "Ingen unge fra Ellemarken eller Søparken er indskrevet."
    )


def test_nobody_in_progress():
    assert sentences.people_in_progress(ODD["nobody in progress"]) == "Ingen er i forløb den dag."
    assert (
        sentences.sexes(ODD["nobody in progress"])
        == sentences.ages(ODD["nobody in progress"])
        == ""
    )


def test_the_picture_in_words():
    assert sentences.picture(report_of(1, 1, 0, 0, 0, 0, 0, 0, 1)) == (
        "3 unge: 1 i uddannelse eller arbejde, 1 på vej, 1 frafald, 37 ledige pladser af 40. "
        "Målet er 30."
    )


def test_completed_outside_the_goal_is_not_called_on_the_way():
    goal = replace(REPORT_2019.goal, statuses=REPORT_2019.goal.statuses[:2], count=9)
    assert sentences.rings(replace(REPORT_2019, goal=goal)) == "på vej eller afsluttet"


def test_numbers_that_do_not_add_up_say_who_is_missing():
    broken = replace(REPORT_2019, enrolled=27)
    sentence = (
        "Tallene stemmer ikke: 25 i forløb + 1 afsluttet + 0 frafald er ikke 27 indskrevet. "
        "1 ung mangler en status den dag."
    )
    assert sentences.does_not_add_up(broken) == sentence
    assert sentence in as_text(broken)


def test_text_before_the_first_whole_week():
    assert "der har endnu ikke været en hel uge at tælle" in as_text(ODD["one ung"])
