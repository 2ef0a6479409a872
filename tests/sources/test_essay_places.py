"""The essay's own citations, in plain words, are found where it means them."""

import re

import pytest
from django.test import TestCase

from sources.models import Essay
from tests import curated

PLACES = """
megillah/17b rashi-on-megillah/17b berachos/49a rashi-on-berachos/49a
zohar/1-139a zohar/1-134a
ramban-on-shir-hashirim/8.13 maamar-hageulah/whole kol-hator/1.2-3,15
succah/52b rashi-on-succah/52b
zohar/1-244a matok-midvash/1-244a bamidbar-rabbah/1.3 bereishis/12.2-3
kesubos/110b rif-pinto-on-kesubos/110b etz-yosef-on-kesubos/110b
yeshayah/45.18 yeshayah/56.7-8
bartenura-on-ruth/4.6-14 sanhedrin/98a-fish yechezkel/32.14 yechezkel/29.21
bereishis/21.17-20 bereishis/17.18 bereishis/16.11 onkelos-on-bereishis/16.11
pirkei-derabbi-eliezer/30 pirkei-derabbi-eliezer/28
zohar/1-64a-64b zechariah/14.16-17
malbim-on-yechezkel/37.19 malbim-on-tehillim/147.2 ramban-on-vayikra/18.25
yevamos/63a succah/55b
rashi-on-yeshayah/56.7-8 pesachim/87b derech-hashem/2.4
rambam-hilchos-melachim/12.2
"""


@pytest.mark.slow
class EssayPlacesTests(TestCase):
    def test_each_place_is_found_in_the_order_in_which_it_is_named(self):
        curated.load()
        essay = Essay.objects.get()
        found = re.findall(r'data-place="([^"]*)"', essay.body_html)
        self.assertEqual(found, PLACES.split())
        self.assertNotIn("www.sefaria.org", essay.body_html)
        self.assertLess(essay.body.count("[["), len(found) / 4)
