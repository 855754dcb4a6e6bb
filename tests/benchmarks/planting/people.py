"""Made-up people of many cultures, with what gives them away."""

import random
import re
import unicodedata
from typing import NamedTuple

NAMES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    # culture: (first, last, in their own script, what friends say)
    "English": (("William", "Ashworth", "", "Bill"), ("Margaret", "Pemberton-Hale", "", "Peggy"), ("Thomas", "Lee", "", "Tom"), ("Elizabeth", "Fairclough", "", "Liz")),
    "Irish": (("Seán", "O'Sullivan", "", "Seánie"), ("Siobhán", "Ní Dhomhnaill", "", ""), ("Aoife", "McGrath", "", ""), ("Pádraig", "Mac Giolla", "", "Paddy")),
    "German": (("Jürgen", "Großmann", "", ""), ("Anneliese", "von der Heide", "", ""), ("Karl-Heinz", "Müller", "", ""), ("Käthe", "Schäfer-Löwe", "", "")),
    "French": (("Élodie", "Lefèvre", "", ""), ("Jean-François", "de la Tour", "", ""), ("Zoé", "D'Artois", "", ""), ("Benoît", "Saint-Pierre", "", "")),
    "Spanish": (("María José", "García-Fernández", "", ""), ("Ignacio", "de la Cruz Ortega", "", "Nacho"), ("Íñigo", "Núñez", "", ""), ("Guadalupe", "Peña Ríos", "", "Lupita")),
    "Portuguese": (("João", "dos Santos", "", ""), ("Conceição", "Magalhães", "", ""), ("Luísa", "da Silva e Costa", "", ""), ("Tiago", "Araújo", "", "")),
    "Italian": (("Niccolò", "Dell'Acqua", "", ""), ("Francesca", "De Luca", "", "Fran"), ("Lorenzo", "Esposito", "", ""), ("Chiara", "D'Angelo", "", "")),
    "Dutch": (("Anneke", "van der Meulen", "", ""), ("Joost", "ter Horst", "", ""), ("Marijke", "in 't Veld", "", ""), ("Pieter", "de Vries", "", "")),
    "Polish": (("Wojciech", "Łukasiewicz", "", "Wojtek"), ("Małgorzata", "Dąbrowska-Żak", "", "Gosia"), ("Zbigniew", "Ścibor", "", ""), ("Katarzyna", "Wójcik", "", "Kasia")),
    "Hungarian": (("Márta", "Szabó", "", ""), ("Ödön", "Kővári", "", ""), ("Zsófia", "Nagy", "", ""), ("Győző", "Tóth", "", "")),
    "Nordic": (("Bjørn", "Østergård", "", ""), ("Åsa", "Sjöberg", "", ""), ("Þóra", "Guðmundsdóttir", "", ""), ("Søren", "Kjær", "", "")),
    "Turkish": (("Şirin", "Yıldız", "", ""), ("Çağla", "Öztürk", "", ""), ("İbrahim", "Kılıç", "", ""), ("Gül", "Şahin", "", "")),
    "Arabic": (("Aisha", "al-Rashid", "عائشة الراشد", ""), ("Abdul Rahman", "bin Khalid", "عبد الرحمن بن خالد", ""), ("Muhammad", "El-Sayed", "محمد السيد", ""), ("Layla", "Haddad", "ليلى حداد", "")),
    "Persian": (("Shirin", "Farahani", "شیرین فراهانی", ""), ("Dariush", "Mousavi", "داریوش موسوی", ""), ("Golnaz", "Tehrani", "گلناز تهرانی", ""), ("Kourosh", "Ahmadi", "کوروش احمدی", "")),
    "Hebrew": (("Tamar", "Ben-Ami", "תמר בן עמי", ""), ("Yitzhak", "Levi", "יצחק לוי", ""), ("Noa", "Shapira", "נועה שפירא", ""), ("Avraham", "Cohen", "אברהם כהן", "")),
    "Indian": (("Priya", "Venkataraman", "प्रिया वेंकटरमन", ""), ("Rajesh", "K", "", ""), ("S", "Subramaniam", "", ""), ("Harpreet", "Kaur", "ਹਰਪ੍ਰੀਤ ਕੌਰ", "")),
    "Chinese": (("Wei", "Zhang", "张伟", "Kevin"), ("Xiaoming", "Li", "李小明", ""), ("Yu", "Ng", "吳宇", ""), ("Meiling", "Ouyang", "欧阳美玲", "Amy")),
    "Japanese": (("Yuki", "Tanaka", "田中 由紀", ""), ("Haruto", "Ōno", "大野 陽翔", ""), ("Sakura", "Watanabe", "渡辺 さくら", ""), ("Ken'ichi", "Satō", "佐藤健一", "Ken")),
    "Korean": (("Ji-woo", "Kim", "김지우", ""), ("Seo-yeon", "Park", "박서연", ""), ("Min-jun", "Oh", "오민준", ""), ("Hye-jin", "Choi", "최혜진", "")),
    "Vietnamese": (("Minh", "Nguyễn Thị", "", ""), ("Đức", "Trần Văn", "", ""), ("Ánh", "Lê", "", ""), ("Phương", "Phạm Hoàng", "", "")),
    "Russian": (("Yulia", "Ivanova", "Юлия Иванова", ""), ("Dmitry", "Kuznetsov", "Дмитрий Кузнецов", "Dima"), ("Yevgeny", "Shcherbakov", "Евгений Щербаков", "Zhenya"), ("Aleksandr", "Tsvetkov", "Александр Цветков", "Sasha")),
    "Greek": (("Giorgos", "Papadopoulos", "Γιώργος Παπαδόπουλος", ""), ("Eleni", "Vasileiou", "Ελένη Βασιλείου", ""), ("Thanasis", "Christou", "Θανάσης Χρήστου", ""), ("Xenia", "Psarou", "Ξένια Ψαρού", "")),
    "Nigerian": (("Olúwaṣeun", "Adébáyò", "", "Seun"), ("Chukwuemeka", "Okonkwo", "", ""), ("Ngozi", "Eze", "", ""), ("Tóbi", "Ògúnlẹ́sí", "", "")),
    "Others": (("Tsegaye", "W/Mariam", "", ""), ("Keoni", "Kaʻanāʻanā", "", ""), ("Venkata Satya", "Lakshmi Narayana", "", ""), ("Oleksandr", "Shevchenko", "Олександр Шевченко", "")),
    "Short": (("An", "So", "", ""), ("Do", "Anh", "", ""), ("Bo", "Li", "", ""), ("Yu", "He", "", "")),
    "Flowers": (("Rose", "Hill", "", ""), ("Frank", "Stone", "", ""), ("Summer", "Brown", "", ""), ("Austin", "Park", "", "")),
    "Words": (("Java", "King", "", ""), ("Ruby", "Brooks", "", ""), ("Mark", "Chase", "", ""), ("Grace", "May", "", ""), ("Will", "Young", "", ""), ("May", "Price", "", ""), ("Art", "Baker", "", ""), ("Chase", "Rivers", "", "")),
}  # fmt: skip
ADDRESSES: tuple[str, ...] = (
    "12 Hill Street, London SW1A 2AA", "Flat 4B, 7 Oak Avenue, Leeds LS1 4AP, United Kingdom", "1420 N Maple Ave Apt 3, Springfield, IL 62704",
    "88 Sunset Blvd, Los Angeles, CA 90028, USA", "Flat No. 302, Sai Residency, 14 MG Road, Bengaluru, Karnataka 560038", "H.No 5-9-22, Sector 21, Gurgaon 122016, India",
    "ul. Długa 14/3, 31-147 Kraków", "os. Piastów 5/12, 61-148 Poznań, Poland", "Lindenstraße 44, 10969 Berlin", "Am Markt 5, 28195 Bremen, Germany",
    "12 bis rue de la Paix, 75002 Paris", "44, avenue Victor Hugo, 69003 Lyon, France", "Calle de Alcalá 45, 3º B, 28014 Madrid", "C/ Mayor 7, 41001 Sevilla, España",
    "Via Garibaldi 22, 10122 Torino", "Rua Augusta 1520, São Paulo, 01304-001", "Keizersgracht 174, 1016 DW Amsterdam", "Storgatan 12, 211 42 Malmö, Sweden",
    "P.O. Box 4471, Nairobi, Kenya", "1-2-3 Shibuya, Shibuya-ku, Tokyo 150-0002", "Bağdat Caddesi No: 45, Istanbul, Turkey", "25 Awolowo Road, Ikoyi, Lagos, Nigeria",
    "House 7, Road 5, Block C, Banani, Dhaka 1213", "Apartado 221, 28080 Madrid", "Calle 93 #11-27, Bogotá, Colombia", "Av. Insurgentes Sur 1602, Ciudad de México",
    "15/2 Moo 4, Sukhumvit Road, Bangkok 10110", "Näherweg 3a, 8001 Zürich", "Rua das Flores, 25, 4050-265 Porto", "123 Teheran-ro, Gangnam-gu, Seoul 06236",
    "Room 1203, No. 88 Nanjing Road, Shanghai 200001", "Unit 5, 221B Baker Street, London NW1 6XE", "Kossuth Lajos utca 12, 1053 Budapest", "Vodičkova 36, 110 00 Praha",
)  # fmt: skip
PHONES: tuple[str, ...] = (
    "+44 7700 900123", "(555) 555-0199", "+1 202-555-0143", "020 7946 0958", "+91 98765 43210", "9876543210", "+48 512 345 678", "0171 5550123",
    "+49 (0)30 5550 123", "06 12 34 56 78", "+34 612 345 678", "+33 1 55 50 12 34", "555.555.0147", "+90 532 555 01 23", "+234 803 555 0123", "+86 138 0013 8000",
)  # fmt: skip
SCHOOLS: tuple[str, ...] = (
    "University of Leeds", "Jagiellonian University", "Universidad Autónoma de Madrid", "Harvard College", "Trinity College Dublin", "Obafemi Awolowo University",
    "Technical University of Munich", "American University of Beirut", "Indian Institute of Technology Bombay", "Ludwig-Maximilians-Universität München", "Politechnika Warszawska",
    "École Polytechnique", "Universidade de São Paulo", "Politecnico di Milano", "University of California, Berkeley", "St. Xavier's College", "King's College London",
    "Université Paris 1 Panthéon-Sorbonne", "Delhi Public School", "XIV Liceum Ogólnokształcące", "Tsinghua University", "Stanford University", "MIT", "ETH Zürich", "IIT Madras",
    "Spelman College", "Eton College", "London School of Economics and Political Science", "Universiteit van Amsterdam", "Hochschule für Technik Stuttgart",
    "Universität Heidelberg", "University of Cape Town", "Bauman Moscow State Technical University", "Université de Montréal", "Universidad de los Andes",
    "Nanyang Technological University", "Phillips Exeter Academy", "Queen's University Belfast", "Lycée Louis-le-Grand", "UCLA",
)  # fmt: skip
BIRTHS: tuple[str, ...] = (
    "12/05/1988", "12 May 1988", "May 12, 1988", "1988-05-12", "12.05.1988", "3rd March 1991", "5 Sept. 1979", "1990",
)  # fmt: skip
NATIONS: tuple[str, ...] = (
    "Irish",
    "Polish",
    "Indian",
    "Nigerian",
    "German",
    "Turkish",
    "Vietnamese",
    "Mexican",
    "Korean",
    "Iranian",
)
FAITHS: tuple[str, ...] = ("Hindu", "Catholic", "Muslim", "Sikh", "Jewish", "Buddhist")


class Person(NamedTuple):
    """Somebody, with every form in which a document may give them away; "" where there is none."""

    culture: str
    first: str
    last: str
    native: str
    nick: str
    forms: dict[str, str]


def ascii_of(text: str) -> str:
    """The text as people write it in addresses of mail."""
    plain = unicodedata.normalize("NFKD", text.translate(str.maketrans("łŁøØđĐðßıæÆþÞ", "lLoOdDdsiaAtT")))
    return re.sub(r"[^a-z]", "", "".join(c for c in plain.lower() if c.isascii()))


def make_person(dice: random.Random, culture: str, place: int) -> Person:
    """The culture's person at this place, at home and schooled anywhere."""
    first, last, native, nick = NAMES[culture][place % len(NAMES[culture])]
    one, other, number = ascii_of(first), ascii_of(last), dice.randint(1, 99)
    local = dice.choice(
        (
            f"{one}.{other}",
            f"{one}{other}{number}",
            f"{one[:1]}{other}",
            f"{other}_{one}",
            f"{one}-{other}.{number}",
            f"{one[:1]}.{other}{number}",
        )
    )
    she = dice.random() < 0.5
    slug = dice.choice((f"{one}-{other}-{number}", f"{one}{other}", f"{other}{one[:1]}{number}"))
    forms = {
        "full": f"{first} {last}", "first": first, "last": last, "upper": f"{first} {last}".upper(), "swapped": f"{last}, {first}",
        "initial": f"{first[0]}. {last}", "owned": f"{first}'s", "spaced": "  ".join(" ".join(word.upper()) for word in f"{first} {last}".split()),
        "native": native, "nick": nick, "file": f"{first}_{last}".replace(" ", "_"), "titled": f"{'Ms' if she else 'Mr'} {last}",
        "email": f"{local}@{dice.choice(('example.org', 'mail.example.com'))}", "phone": dice.choice(PHONES), "address": dice.choice(ADDRESSES),
        "link": dice.choice((f"https://www.linkedin.com/in/{slug}", f"linkedin.com/in/{slug}", f"github.com/{slug}", f"www.{one}{other}.com")),
        "handle": f"@{one}{number}{other[:2]}", "birth": dice.choice(BIRTHS), "age": str(dice.randint(21, 64)), "marital": dice.choice(("Married", "Single", "Divorced")),
        "nation": dice.choice(NATIONS), "faith": dice.choice(FAITHS), "gender": "Female" if she else "Male", "she": "she" if she else "he", "She": "She" if she else "He",
        "her": "her" if she else "his", "school": dice.choice(SCHOOLS), "year": str(dice.randint(1978, 2021)), "photo": "photo.jpg",
    }  # fmt: skip
    return Person(culture, first, last, native, nick, forms)
